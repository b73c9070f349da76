/**
 * What our application is let do in a client's directory: people are looked after, the rest is read; roles narrow it
 * further. Each by its name: `.default` would ask a client for everything that the registration holds, the application's
 * own Mail.Send among it. https://learn.microsoft.com/entra/identity-platform/scopes-oidc#the-default-scope
 */
export const clientPermissions = ['User.ReadWrite.All', 'Directory.Read.All'] as const;
