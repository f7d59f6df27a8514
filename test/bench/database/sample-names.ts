// Names for an organization of any size: some with accents, each display name many people's at a million users.
import { searchKey } from '../../../src-main/console/user-search.ts';

const FIRST =
  `Maria Jonas Amara Tomáš Anaïs Zoë Mehmet Ingrid Lucía José Chloé Björn Sören Elif Niamh Pádraig Renée Jürgen
  Agnieszka Milán Dušan Żaneta Noémi André Beatriz Caio Dimitri Elena Farid Giulia Hana Ibrahim Julia Kenji Leïla Mateo
  Nadia Omar Priya Quentin Rosa Samir Tereza Ulrich Valentina Wen Ximena Yusuf Zara Adèle`.split(/\s+/u);
const LAST_BEGINNINGS =
  'Keller Frei Berg Lind Stein Wald Hof Bach Müller Silva Costa Rossi Novák Okafor Tanaka Singh Kaya Dvořák Moreau Åker'.split(
    ' ',
  );
const LAST_ENDINGS = [
  '',
  ...'mann ström feld heim son ová ski well ton qvist vík dal bauer stad ham worth gård mark lund'.split(' '),
];
const LAST = LAST_BEGINNINGS.flatMap((beginning) => LAST_ENDINGS.map((ending) => beginning + ending));

export const sampleNames = {
  first: FIRST,
  last: LAST,
  /** The same as the program folds them. */
  firstKeys: FIRST.map(searchKey),
  lastKeys: LAST.map(searchKey),
};
