/** A built-in role of Entra. The sandbox's roles differ from Microsoft's in their short descriptions only. */
export interface RoleDefinition {
  templateId: string;
  displayName: string;
  description: string;
}

function define(templateId: string, displayName: string, description: string): RoleDefinition {
  return { templateId, displayName, description };
}

/** Names and ids: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const roleDefinitions: readonly RoleDefinition[] = [
  define(
    '62e90394-69f5-4237-9190-012177145e10',
    'Global Administrator',
    'Manages everything in the directory.',
  ),
  define('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', 'Manages users and groups.'),
  define(
    '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    'Helpdesk Administrator',
    'Resets passwords of ordinary users.',
  ),
  define(
    '966707d0-3269-4727-9be2-8c3a10f19b9d',
    'Password Administrator',
    'Resets passwords of ordinary users.',
  ),
  define('b0f54661-2d74-4c50-afa3-1ec803f12efe', 'Billing Administrator', 'Manages purchases and invoices.'),
  define('f023fd81-a637-4b56-95fd-791ac0226033', 'Service Support Administrator', 'Follows service health.'),
  define('4d6ac14f-3453-41d0-bef9-a3e0c569773a', 'License Administrator', 'Gives and takes licences.'),
  define('c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator', 'Manages sign-in methods.'),
  define(
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    'Privileged Authentication Administrator',
    'Manages the sign-in methods of everybody.',
  ),
  define(
    'e8611ab8-c189-46e8-94e1-60213ab1f814',
    'Privileged Role Administrator',
    'Grants and removes roles.',
  ),
  define('29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator', 'Manages mailboxes.'),
  define('f28a1f50-f6e7-4571-818b-6a12f2af6b6c', 'SharePoint Administrator', 'Manages sites and files.'),
  define('69091246-20e8-4a56-aa4d-066075b2a7a8', 'Teams Administrator', 'Manages Teams.'),
  define(
    '75941009-915a-4869-abe7-691bff18279e',
    'Skype for Business Administrator',
    'Manages Skype for Business.',
  ),
  define('44367163-eba1-44c3-98af-f5787879f96a', 'Dynamics 365 Administrator', 'Manages Dynamics 365.'),
  define('3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator', 'Manages devices.'),
  define(
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    'Cloud Application Administrator',
    'Manages cloud applications.',
  ),
  define('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator', 'Manages applications.'),
  define('8329153b-31d0-4727-b945-745eb3bc5f31', 'Domain Name Administrator', 'Manages domain names.'),
  define('fdd7a751-b60b-444a-984c-02652fe8fa1c', 'Groups Administrator', 'Manages groups and their members.'),
  define('95e79109-95c0-4d8e-aee3-d01accf2d47b', 'Guest Inviter', 'Invites guests.'),
  define('88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers', 'Reads basic directory data.'),
  define('9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers', 'Writes basic directory data.'),
  define('f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', 'Reads what a Global Administrator reads.'),
  define('790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', 'Message Center Reader', 'Reads the message center.'),
  define('4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader', 'Reads sign-in and usage reports.'),
  define('194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator', 'Manages security settings.'),
  define('5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader', 'Reads security settings and reports.'),
  define('17315797-102d-40b4-93e0-432062caca18', 'Compliance Administrator', 'Manages compliance settings.'),
  define(
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    'Conditional Access Administrator',
    'Manages the rules of conditional access.',
  ),
  define('2b745bdf-0803-4d80-aa65-822c4493daac', 'Office Apps Administrator', 'Manages the Office apps.'),
  define('11648597-926c-4cf3-9c36-bcebb0ba8dcc', 'Power Platform Administrator', 'Manages Power Platform.'),
  define('a9ea8996-122f-4c74-9520-8edcd192826c', 'Fabric Administrator', 'Manages Fabric and Power BI.'),
  define('75934031-6c7e-415a-99d7-48dbd49e875e', 'Usage Summary Reports Reader', 'Reads usage summaries.'),
  define('4ba39ca4-527c-499a-b93d-d9b492c50246', 'Partner Tier1 Support', 'Old, not to be used.'),
  define('e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8', 'Partner Tier2 Support', 'Old, not to be used.'),
];
