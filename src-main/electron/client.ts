/** Main's own questions to the service, with the contract's types. */
import type { Input, Name, Reply } from '../contract'
import type { Service } from '../handlers/service'

export async function ask<K extends Name>(service: Service, name: K, input: Input<K>): Promise<Reply<K>> {
  return (await service.invoke(name, input)) as Reply<K>
}
