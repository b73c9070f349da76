import type { ContractAnswer, ContractRequest, Shape } from './operation.ts';

/** What an operation acts on: the seeded company of the cloud, and how to read something before writing it. */
export interface PartnerStage {
  tenantId: string;
  partnerId: string;
  /** A client of the company that has agreed to everything. */
  customerId: string;
  /** A client that delegates a role with which applications are allowed; '' where there is no delegation. */
  delegatingId: string;
  /** The body of a GET by the Global Administrator. */
  read(path: string): Promise<Record<string, unknown>>;
  send(request: ContractRequest): Promise<ContractAnswer>;
}

/** One operation of Partner Center as Microsoft documents it, or as we had to decide it. */
export interface PartnerOperation {
  id: string;
  /** `documented`: request and answer follow Microsoft's page; `own`: the page has no example of it. */
  basis: 'documented' | 'own';
  note: string;
  /** Who asks; the Global Administrator unless told. */
  by?: 'plain' | 'application' | 'client' | 'without-second-factor' | 'graph-token' | 'nobody';
  /** False where the page does not name Partner Center operated by 21Vianet; the call is then a 404 or 405 there. */
  china?: false;
  request(stage: PartnerStage): Promise<ContractRequest> | ContractRequest;
  status: number;
  /** Absent: the answer has no body. */
  answer?: Shape;
  /** Lists of objects that have nothing in them. */
  empty?: readonly string[];
}

export const error = {
  code: 'number',
  description: 'string',
  data: ['string'],
  source: 'string',
} as const satisfies Shape;

export const link = { uri: 'string', method: '=GET', headers: ['string'] } as const satisfies Shape;

/** A whole list with a link to itself. */
export const listOf = (item: Shape): Shape => ({
  totalCount: 'number',
  items: [item],
  links: { self: link },
  attributes: { objectType: '=Collection' },
});

export const get = (path: string) => (): ContractRequest => ({ method: 'GET', path });

/** A GET below the client: `ofCustomer('/orders')`. */
export const ofCustomer =
  (path: string) =>
  ({ customerId }: PartnerStage): ContractRequest => ({
    method: 'GET',
    path: `/customers/${customerId}${path}`,
  });
