// The file that was chosen on a page, kept on this device until it has arrived or was refused: a page that was closed,
// reloaded or lost goes on with it. A day at most; nothing else is kept, and without IndexedDB nothing at all.
const NAME = "kaitong-files", STORE = "files", DAY = 24 * 3600 * 1000;

// `part`: the file of the paper whose place it takes, undefined for one more.
export const keep = (page, file, part) => ask("readwrite", (files) => files.put({ page, file, part, at: Date.now() }));
export const drop = (page) => ask("readwrite", (files) => files.delete(page));

// The file and the part kept for this page; old ones of any page are thrown away on the way.
export async function kept(page) {
  const rows = (await ask("readonly", (files) => files.getAll())) ?? [];
  const old = rows.filter((row) => Date.now() - row.at > DAY);
  await Promise.all(old.map((row) => drop(row.page)));
  return rows.find((row) => row.page === page && !old.includes(row));
}

function ask(mode, what) {
  return new Promise((done) => {
    try {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "page" });
      opening.onerror = () => done(undefined);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(STORE, mode), request = what(transaction.objectStore(STORE));
        transaction.oncomplete = () => { opening.result.close(); done(request.result); };
        transaction.onabort = () => { opening.result.close(); done(undefined); };
      };
    } catch {
      done(undefined); // a private window: the merchant chooses again
    }
  });
}
