import { it } from 'vitest'
import { trainSpikes } from '../../../src-main/core/training/first-spike/train'
import { resolveDelgrad, resolveFirstSpike } from '../../../src-main/core/training/first-spike/settings'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { kernelsForTest } from '../kernels/load'
import { solo } from '../../../src-main/core/kernels/team'
const E = Number(process.env.E ?? 20)
it('v', { timeout: 1e6 }, () => {
  const train = yinYang(5000, 42), test = yinYang(1000, 40)
  const set = JSON.parse(process.env.S ?? '{}')
  const method = (process.env.M ?? 'first-spike') as 'first-spike'
  for (const seed of (process.env.SEEDS ?? '1').split(',').map(Number)) {
    const t0 = performance.now(); const c = process.cpuUsage(); const C0 = (c.user + c.system) / 1e6
    let n = 0, last = ''
    for (const r of trainSpikes(method, { config: (process.env.M === 'delgrad' ? resolveDelgrad : resolveFirstSpike)(set), epochs: E, batch: Number(process.env.B ?? 150), seed, train, test, port: new IdealPort({ tauMemUs: 6, tauSynUs: 6 }), usable: null, kernels: kernelsForTest(), team: solo })) {
      if (r.kind === 'epoch') {
        n += 5000; const cpu = process.cpuUsage(); const cs = (cpu.user + cpu.system) / 1e6
        last = `${r.epoch} loss ${r.loss.toFixed(3)} train ${r.trainAccuracy.toFixed(4)} test ${r.testAccuracy} spikes ${r.hiddenSpikesPerSample.toFixed(1)} bump ${r.checkpoint.numbers['bump']} cpu ${(n / (cs - C0)).toFixed(0)} rate ${(n / (performance.now() - t0) * 1000).toFixed(0)}`
        if (r.epoch <= 3 || r.epoch % 50 === 0) console.log(last)
      }
    }
    console.log('seed', seed, last)
  }
})
