/**
 * A command of the terminal as a declaration over the contract: which endpoint it calls, which fields of the input are
 * arguments, and how a person reads the answer. Options come from the endpoint's schema (options.ts).
 */
import type { Name, Output } from '../contract/index'

export interface Command<K extends Name = Name> {
  /** e.g. "chip new" */
  path: string
  endpoint: K
  /** fields given as arguments, in order; "neurons…" takes all that are left, "[names…]" none or more */
  args?: readonly string[]
  /** fields that the terminal calls otherwise, or that are given several times in singular */
  flags?: { readonly [field: string]: string }
  /** what a person sees; without it the JSON document */
  show?(output: Output<K>): string
  /** true: the work ran and a check failed (exit status 1) */
  failed?(output: Output<K>): boolean
  /** a switch of the terminal alone: its name and what it is good for */
  switch?: { flag: string; help: string; failed(output: Output<K>): boolean }
}

/** keeps the endpoint's type while it is declared */
export function command<K extends Name>(declared: Command<K>): Command {
  return declared as unknown as Command
}
