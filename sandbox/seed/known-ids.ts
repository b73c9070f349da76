/** Directory role template ids: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const roleTemplates = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  licenseAdministrator: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
  helpdeskAdministrator: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  billingAdministrator: 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
} as const;

/** Product ids: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
export const products = {
  businessBasic: { skuId: '3b555118-da6a-4418-894f-7df1e2096870', skuPartNumber: 'O365_BUSINESS_ESSENTIALS' },
  businessStandard: { skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3', skuPartNumber: 'O365_BUSINESS_PREMIUM' },
  businessPremium: { skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', skuPartNumber: 'SPB' },
  enterpriseE3: { skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', skuPartNumber: 'SPE_E3' },
  fabricFree: { skuId: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', skuPartNumber: 'POWER_BI_STANDARD' },
} as const;

export type ProductName = keyof typeof products;
export type RoleName = keyof typeof roleTemplates;
export type AgentGroup = 'AdminAgents' | 'HelpdeskAgents' | 'SalesAgents';
