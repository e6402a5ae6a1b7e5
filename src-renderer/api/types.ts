/** Names for what travels over the contract. */
import type { z } from 'zod'
import type { acceptance, calibration, neuronMap, searchTrace } from '../../src-main/contract/calibrations'
import type { calibrationSummary, chip, chipDetail } from '../../src-main/contract/chips'
import type { dashboard, sampleView } from '../../src-main/contract/dashboard'
import type { jobRecord } from '../../src-main/contract/jobs'
import type { epoch, run, runDetail, status } from '../../src-main/contract/runs'
import type { option } from '../../src-main/contract/system'
import type { Output } from '../../src-main/contract'

export type Chip = z.infer<typeof chip>
export type ChipDetail = z.infer<typeof chipDetail>
export type CalibrationSummary = z.infer<typeof calibrationSummary>
export type Calibration = z.infer<typeof calibration>
export type Acceptance = z.infer<typeof acceptance>
export type NeuronMap = z.infer<typeof neuronMap>
export type SearchTrace = z.infer<typeof searchTrace>
export type Job = z.infer<typeof jobRecord>
export type Run = z.infer<typeof run>
export type RunDetail = z.infer<typeof runDetail>
export type Epoch = z.infer<typeof epoch>
export type Dashboard = z.infer<typeof dashboard>
export type SampleView = z.infer<typeof sampleView>
export type Status = z.infer<typeof status>
export type Option = z.infer<typeof option>
export type Catalogue = Output<'catalogue'>
export type Info = Output<'app.info'>
export type Doctor = Output<'doctor'>
export type ScopeTrace = Output<'chip.scope'>['scope']
export type ChipState = Output<'chip.state'>['state']
export type SynapseArrays = Output<'runs.synapses'>['synapses']
export type CalibrationDiff = Output<'calibration.diff'>['diff']
export type Evidence = NonNullable<Output<'calibration.trace'>['trace']>
export type Converters = Output<'chip.converters'>['converters']
export type InstanceMap = Output<'calibration.instances'>['maps'][number]
export type CorrelationCurve = Output<'calibration.curves'>['curves'][number]
export type Timeline = Output<'chip.timeline'>['timeline']
export type Schedule = Output<'calibration.schedules'>['schedules'][number]
export type Related = Output<'runs.related'>
export type PlaneAt = Output<'runs.planes'>['planes'][number]
export type WhatIfReading = Output<'runs.whatIf'>['reading']
