/** What a route of Partner Center answers; the mount adds the ids and writes `body` as JSON. */
export interface PartnerAnswer {
  status: number;
  headers?: Record<string, string>;
  body: object;
  /** Some bodies start with a byte order mark, as Microsoft's do; callers must cope. */
  bom?: boolean;
}

/** https://learn.microsoft.com/partner-center/developer/error-codes: the code is a number in every example. */
export function partnerError(
  status: number,
  code: number,
  description: string,
  more: { data?: readonly string[]; source?: string } = {},
): PartnerAnswer {
  const { data = [], source = 'PartnerApiServiceControllers' } = more;
  return { status, body: { code, description, data, source }, bom: true };
}

/** Thrown inside a route to end it with an error answer. */
export class PartnerRefusal extends Error {
  readonly answer: PartnerAnswer;

  constructor(answer: PartnerAnswer) {
    super(`refused with ${answer.status}`);
    this.name = 'PartnerRefusal';
    this.answer = answer;
  }
}

export function refuse(...error: Parameters<typeof partnerError>): never {
  throw new PartnerRefusal(partnerError(...error));
}
