/** A product as Microsoft's page of product names and service plan identifiers lists it. */
export interface Product {
  partNumber: string;
  /** Microsoft's own name, the same in every language. */
  name: string;
}

/**
 * Names of the products that partners sell most, by SKU id.
 * https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export const products: ReadonlyMap<string, Product> = new Map([
  [
    '1e1a282c-9c54-43a2-9310-98ef728faace',
    { partNumber: 'DYN365_ENTERPRISE_SALES', name: 'Dynamics 365 for Sales Enterprise Edition' },
  ],
  ['efccb6f7-5641-4e0e-bd10-b4976e1bf68e', { partNumber: 'EMS', name: 'Enterprise Mobility + Security E3' }],
  [
    'b05e124f-c7cc-45a0-a6aa-8cf78c946968',
    { partNumber: 'EMSPREMIUM', name: 'Enterprise Mobility + Security E5' },
  ],
  [
    '4b9405b0-7788-4568-add1-99614e613b69',
    { partNumber: 'EXCHANGESTANDARD', name: 'Exchange Online (Plan 1)' },
  ],
  [
    '19ec0d23-8335-4cbd-94ac-6050e30712fa',
    { partNumber: 'EXCHANGEENTERPRISE', name: 'Exchange Online (Plan 2)' },
  ],
  ['80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82', { partNumber: 'EXCHANGEDESKLESS', name: 'Exchange Online Kiosk' }],
  ['061f9ace-7d42-4136-88ac-31dc755f143f', { partNumber: 'INTUNE_A', name: 'Intune' }],
  [
    'cdd28e44-67e3-425e-be4c-737fab2899d3',
    { partNumber: 'O365_BUSINESS', name: 'Microsoft 365 Apps for Business' },
  ],
  [
    'c2273bd0-dff7-4215-9ef5-2c7bcfb06425',
    { partNumber: 'OFFICESUBSCRIPTION', name: 'Microsoft 365 Apps for Enterprise' },
  ],
  [
    '3b555118-da6a-4418-894f-7df1e2096870',
    { partNumber: 'O365_BUSINESS_ESSENTIALS', name: 'Microsoft 365 Business Basic' },
  ],
  ['cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', { partNumber: 'SPB', name: 'Microsoft 365 Business Premium' }],
  [
    'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    { partNumber: 'O365_BUSINESS_PREMIUM', name: 'Microsoft 365 Business Standard' },
  ],
  ['05e9a617-0261-4cee-bb44-138d3ef5d965', { partNumber: 'SPE_E3', name: 'Microsoft 365 E3' }],
  ['06ebc4ee-1bb5-47dd-8120-11324bc54e06', { partNumber: 'SPE_E5', name: 'Microsoft 365 E5' }],
  ['44575883-256e-4a79-9da4-ebe9acabe2b2', { partNumber: 'M365_F1', name: 'Microsoft 365 F1' }],
  ['66b55226-6b4f-492c-910c-a3b7a3c9d993', { partNumber: 'SPE_F1', name: 'Microsoft 365 F3' }],
  [
    '639dec6b-bb19-468b-871c-c5c441c4b0cb',
    { partNumber: 'Microsoft_365_Copilot', name: 'Microsoft Copilot for Microsoft 365' },
  ],
  [
    '4ef96642-f096-40de-a3e9-d83fb2f90211',
    { partNumber: 'ATP_ENTERPRISE', name: 'Microsoft Defender for Office 365 (Plan 1)' },
  ],
  [
    '3dd6cf57-d688-4eed-ba52-9e40b5468c3e',
    { partNumber: 'THREAT_INTELLIGENCE', name: 'Microsoft Defender for Office 365 (Plan 2)' },
  ],
  ['078d2b04-f1bd-4111-bbd4-b4b1b354cef4', { partNumber: 'AAD_PREMIUM', name: 'Microsoft Entra ID P1' }],
  ['84a661c4-e949-4bd2-a560-ed7766fcaf2b', { partNumber: 'AAD_PREMIUM_P2', name: 'Microsoft Entra ID P2' }],
  [
    'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
    { partNumber: 'POWER_BI_STANDARD', name: 'Microsoft Fabric (Free)' },
  ],
  [
    'f30db892-07e9-47e9-837c-80727f46fd3d',
    { partNumber: 'FLOW_FREE', name: 'Microsoft Power Automate Free' },
  ],
  [
    '3ab6abff-666f-4424-bfb7-f0bc274ec7bc',
    { partNumber: 'TEAMS_ESSENTIALS_AAD', name: 'Microsoft Teams Essentials (AAD Identity)' },
  ],
  ['e43b5b99-8dfb-405f-9987-dc307f34bcbd', { partNumber: 'MCOEV', name: 'Microsoft Teams Phone Standard' }],
  ['295a8eb0-f78d-45c7-8b5b-1eed5ed02dff', { partNumber: 'MCOCAP', name: 'Microsoft Teams Shared Devices' }],
  ['18181a46-0d4e-45cd-891e-60aabd171b4e', { partNumber: 'STANDARDPACK', name: 'Office 365 E1' }],
  ['6fd2c87f-b296-42f0-b197-1e91e994b900', { partNumber: 'ENTERPRISEPACK', name: 'Office 365 E3' }],
  ['c7df2760-2c81-4ef7-b578-5b5392b571df', { partNumber: 'ENTERPRISEPREMIUM', name: 'Office 365 E5' }],
  ['4b585984-651b-448a-9e53-3b10f069cf7f', { partNumber: 'DESKLESSPACK', name: 'Office 365 F3' }],
  [
    'e6778190-713e-4e4f-9119-8b8238de25df',
    { partNumber: 'WACONEDRIVESTANDARD', name: 'OneDrive for Business (Plan 1)' },
  ],
  [
    '53818b1b-4a27-454b-8896-0dba576410e6',
    { partNumber: 'PROJECTPROFESSIONAL', name: 'Planner and Project Plan 3' },
  ],
  ['f8a1db68-be16-40ed-86d5-cb42ce701560', { partNumber: 'POWER_BI_PRO', name: 'Power BI Pro' }],
  ['09015f9f-377f-4538-bbb5-f75ceb09358a', { partNumber: 'PROJECTPREMIUM', name: 'Project Online Premium' }],
  [
    '1fc08a02-8b3d-43b9-831e-f76859e04e1a',
    { partNumber: 'SHAREPOINTSTANDARD', name: 'SharePoint Online (Plan 1)' },
  ],
  [
    'a9732ec9-17d9-494c-a51c-d6b45b384dcb',
    { partNumber: 'SHAREPOINTENTERPRISE', name: 'SharePoint Online (Plan 2)' },
  ],
  ['ca7f3140-d88c-455b-9a1c-7f0679e31a76', { partNumber: 'VISIO_PLAN1_DEPT', name: 'Visio Plan 1' }],
  ['c5928f49-12ba-48f7-ada3-0d743a3601d5', { partNumber: 'VISIOCLIENT', name: 'Visio Plan 2' }],
  [
    'cb10e6cd-9da4-4992-867b-67546b1db821',
    { partNumber: 'WIN10_PRO_ENT_SUB', name: 'Windows 10/11 Enterprise E3' },
  ],
]);

/**
 * The name to show for a subscription of the directory. Microsoft's API gives no names: a product that is
 * not listed here is shown by its part number, never by a guess.
 */
export function productName(sku: { skuId: string; partNumber: string }): string {
  return products.get(sku.skuId.toLowerCase())?.name ?? sku.partNumber;
}
