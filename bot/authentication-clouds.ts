import { type CloudName, clouds } from '../microsoft/clouds.ts';

/** Every address that the SDK's authentication takes. Setting some of them leaves the others undefined. */
export interface AuthenticationAddresses {
  /** Prefix of the authority that issues the bot's own token; the tenant follows. */
  login: string;
  /** Scope of the bot's own token. */
  scope: string;
  /** Issuer of the channels' tokens. */
  issuer: string;
  /** The token service behind sign-in cards, which the bot does not use. */
  tokenService: string;
  channelMetadata: string;
  emulatorMetadata: string;
  callerId: string;
}

/**
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication and
 * https://learn.microsoft.com/azure/bot-service/how-to-deploy-china-cloud
 */
export const authenticationAddresses: Readonly<Record<CloudName, AuthenticationAddresses>> = {
  worldwide: {
    login: clouds.worldwide.login,
    scope: 'https://api.botframework.com',
    issuer: 'https://api.botframework.com',
    tokenService: 'https://token.botframework.com',
    channelMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    emulatorMetadata: `${clouds.worldwide.login}/common/v2.0/.well-known/openid-configuration`,
    callerId: 'urn:botframework:azure',
  },
  '21vianet': {
    login: clouds['21vianet'].login,
    scope: 'https://api.botframework.azure.cn',
    issuer: 'https://api.botframework.azure.cn',
    tokenService: 'https://token.botframework.azure.cn',
    channelMetadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    emulatorMetadata: `${clouds['21vianet'].login}/a55a4d5b-9241-49b1-b4ff-befa8db00269/v2.0/.well-known/openid-configuration`,
    callerId: 'urn:botframework:azurecn',
  },
};
