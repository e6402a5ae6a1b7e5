import { killedTimes } from './killed'

killedTimes(20)
