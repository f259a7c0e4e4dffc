// SQLite's FTS5 as its documentation has it (https://www.sqlite.org/fts5.html), with Porter's stems, in
// three ways of asking: any of the words, any but those that Broadsheet leaves out, all of them.
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { STOP_WORDS } from '../../dist/search/index/papers-table.js';
import { RESULTS, SUGGESTIONS } from './engine.js';

export const fts5 = ask('fts5', (words) => words, ' OR ');
export const fts5WithoutStopWords = ask('fts5, no stop words', dropStopWords, ' OR ');
export const fts5AllWords = ask('fts5, all words', (words) => words, ' AND ');

function ask(name, choose, joiner) {
  return {
    name,
    index: 'fts5',
    async build(folder, batches) {
      const file = fileIn(folder);
      await build(file, batches);
      return { bytes: fs.statSync(file).size };
    },
    async open(folder) {
      const database = new Database(fileIn(folder), { readonly: true });
      const match = (text) => choose(wordsOf(text)).map(quote).join(joiner);
      return { ...prepare(database, match), close: () => database.close() };
    },
  };
}

function fileIn(folder) {
  return path.join(folder, 'fts5.db');
}

async function build(file, batches) {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.exec(`
    create virtual table papers using fts5(title, abstract, tokenize = 'porter unicode61');
    create table facts (key integer primary key, id text not null, day text not null);
    create table categories (name text, key integer, primary key (name, key)) without rowid;
  `);
  const paper = database.prepare('insert into papers (rowid, title, abstract) values (?, ?, ?)');
  const facts = database.prepare('insert into facts (key, id, day) values (?, ?, ?)');
  const category = database.prepare('insert or ignore into categories (name, key) values (?, ?)');
  let key = 0;
  const save = database.transaction((batch) => {
    for (const { id, title, abstract, categories, published } of batch) {
      key++;
      paper.run(key, title, abstract);
      facts.run(key, id, published);
      for (const name of categories) category.run(name, key);
    }
  });
  for await (const batch of batches) save(batch);
  database.exec(`insert into papers (papers) values ('optimize')`);
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}

/** `order by rank` is bm25() in the form that FTS5 answers fastest. */
function prepare(database, match) {
  const search = database
    .prepare(
      `select id from papers join facts on key = papers.rowid
       where papers match ? order by rank limit ${RESULTS}`,
    )
    .pluck();
  const filtered = database
    .prepare(
      `select id from papers join facts on key = papers.rowid
       where papers match ? and day >= ?
         and exists (select 1 from categories c where c.name = ? and c.key = facts.key)
       order by rank limit ${RESULTS}`,
    )
    .pluck();
  const suggest = database
    .prepare(`select title from papers where papers match ? order by rank limit ${SUGGESTIONS}`)
    .pluck();
  return {
    short: ({ text }) => search.all(match(text)),
    title: ({ text }) => search.all(match(text)),
    filtered: ({ text, category, after }) => filtered.all(match(text), after, category),
    suggestion: ({ text }) => suggest.all(`title : (${wordsOf(text).map(quote).join(' ')} *)`),
  };
}

function wordsOf(text) {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function dropStopWords(words) {
  const kept = words.filter((word) => !STOP_WORDS.includes(word.toLowerCase()));
  return kept.length > 0 ? kept : words;
}

function quote(word) {
  return `"${word}"`;
}
