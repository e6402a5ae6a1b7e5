import { killedTimes } from '../cli/killed'

killedTimes(100)
