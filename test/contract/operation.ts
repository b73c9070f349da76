/**
 * JSON types that an answer must have: `string`, `string|null`, a list of one shape, or an object of shapes.
 * `#users` is an `@odata.context` that ends in `$metadata#users`; `=text` is that very text.
 */
export type Shape = string | readonly [Shape] | { readonly [property: string]: Shape };

/** Things that an operation acts on, made or found in the seeded world before it runs. */
export interface Stage {
  tenantId: string;
  origin: string;
  domain: string;
  skuId: string;
  groupId: string;
  /** A client company. */
  clientId: string;
  /** A new user of the company, with a usage location. */
  newUser(): Promise<string>;
  /** The client's Global administrator approves a relationship on Microsoft's page. */
  approve(relationshipId: string): Promise<void>;
  send(request: ContractRequest): Promise<ContractAnswer>;
}

export interface ContractRequest {
  method: string;
  /** After `/v1.0`; spaces and the like still plain. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Who asks; the Global Administrator unless told. */
  by?: 'plain';
}

export interface ContractAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** One operation as Microsoft documents it, or as we had to decide it. */
export interface Operation {
  id: string;
  /** `documented`: request and answer follow Microsoft's page; `own`: the page has no example of it. */
  basis: 'documented' | 'own';
  /** One sentence for the closing table. */
  note: string;
  /** Documented properties that are left out or always empty: they make the operation `deviating`. */
  lacks?: readonly string[];
  /** False: the cloud operated by 21Vianet has no such thing and answers 400. */
  china?: boolean;
  request(stage: Stage): Promise<ContractRequest> | ContractRequest;
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Absent: the answer has no body. */
  answer?: Shape;
}

export const eventual = { ConsistencyLevel: 'eventual' };

/** An error answer; `code` and `message` as far as they are known. */
export function errorShape(code: string, message = 'string', more: Record<string, Shape> = {}): Shape {
  const innerError = { date: 'string', 'request-id': 'string', 'client-request-id': 'string' };
  return { error: { code: `=${code}`, message, innerError, ...more } };
}

/** What Graph gives of a user when nothing is selected. */
export const userShape = {
  businessPhones: ['string'],
  displayName: 'string',
  givenName: 'string|null',
  jobTitle: 'string|null',
  mail: 'string|null',
  mobilePhone: 'string|null',
  officeLocation: 'string|null',
  preferredLanguage: 'string|null',
  surname: 'string|null',
  userPrincipalName: 'string',
  id: 'string',
} as const satisfies Shape;
