import { roleIds } from './role-ids.ts';

const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';
const serviceSupport = 'f023fd81-a637-4b56-95fd-791ac0226033';

/**
 * Roles that each kind of support access stands for at a client who has allowed delegated administration, by
 * template id. An explicit list: Global Administrator is never part of it by itself. The client decides which of
 * them its delegation holds. Follows the roles that Microsoft gave when it moved clients from the old delegation:
 * https://learn.microsoft.com/partner-center/gdap-introduction
 */
export const supportRoles: Readonly<Record<'full' | 'limited', readonly string[]>> = {
  full: [
    roleIds.userAdministrator,
    roleIds.licenseAdministrator,
    roleIds.helpdeskAdministrator,
    roleIds.privilegedAuthenticationAdministrator,
    roleIds.cloudApplicationAdministrator,
    serviceSupport,
    'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
    directoryReaders,
  ],
  limited: [roleIds.helpdeskAdministrator, serviceSupport, directoryReaders],
};
