// Makes garbage of databases, statements and functions and collects it: what a wrong build of better-sqlite3 dies of.
// Without forced collection (--expose-gc) a wrong build looks fine.
const [, , library, nativeBinding] = process.argv
const Database = require(library)

for (let round = 0; round < 50; round++) {
  const database = new Database(':memory:', { nativeBinding })
  database.exec('CREATE TABLE t (a)')
  const insert = database.prepare('INSERT INTO t VALUES (?)')
  for (let value = 0; value < 20; value++) insert.run(value)
  database.function('same', (value) => value)
  if (database.prepare('SELECT sum(same(a)) FROM t').pluck().get() !== 190) throw new Error('wrong sum')
  globalThis.gc()
}
console.log('passed')
