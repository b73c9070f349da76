import { type Cloud, clouds } from '../../microsoft/clouds.ts';

export const cloudOfAdminCenter = (host: string): Cloud | undefined =>
  Object.values(clouds).find(({ adminCenter }) => new URL(adminCenter).host === host);
