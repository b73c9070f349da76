import type { SandboxProduct, SandboxProductSku } from '../shop-kinds.ts';
import type { WorldDocument } from '../world-store.ts';

interface Seed {
  product: string;
  sku: string;
  /** Id of its trial SKU; absent: there is none. */
  trial?: string;
  licenceId: string;
  skuPartNumber: string;
  title: string;
  description: string;
  most: number;
  monthlyCost: number;
}

const small = 300;
const large = 1_000_000;
const trialSeats = 25;

/**
 * Names and licence ids are Microsoft's: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 * Product and SKU ids, costs and which have trials are made up in the form of Microsoft's.
 */
const seeds: readonly Seed[] = [
  {
    product: 'CFQ7TTC0LH18',
    sku: '0001',
    trial: '0002',
    licenceId: '3b555118-da6a-4418-894f-7df1e2096870',
    skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
    title: 'Microsoft 365 Business Basic',
    description: 'Mail, file storage and meetings in the browser, for up to 300 people.',
    most: small,
    monthlyCost: 4.8,
  },
  {
    product: 'CFQ7TTC0LDPB',
    sku: '0001',
    trial: '0004',
    licenceId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    skuPartNumber: 'O365_BUSINESS_PREMIUM',
    title: 'Microsoft 365 Business Standard',
    description: 'Business Basic with the desktop apps, for up to 300 people.',
    most: small,
    monthlyCost: 10,
  },
  {
    product: 'CFQ7TTC0LCHC',
    sku: '0002',
    trial: '0003',
    licenceId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
    skuPartNumber: 'SPB',
    title: 'Microsoft 365 Business Premium',
    description: 'Business Standard with device management and protection, for up to 300 people.',
    most: small,
    monthlyCost: 17.6,
  },
  {
    product: 'CFQ7TTC0LH1G',
    sku: '0001',
    licenceId: 'cdd28e44-67e3-425e-be4c-737fab2899d3',
    skuPartNumber: 'O365_BUSINESS',
    title: 'Microsoft 365 Apps for Business',
    description: 'The desktop apps with file storage, for up to 300 people.',
    most: small,
    monthlyCost: 6.6,
  },
  {
    product: 'CFQ7TTC0LH16',
    sku: '0001',
    licenceId: '4b9405b0-7788-4568-add1-99614e613b69',
    skuPartNumber: 'EXCHANGESTANDARD',
    title: 'Exchange Online (Plan 1)',
    description: 'Mailboxes of 50 GB with calendars.',
    most: large,
    monthlyCost: 3.2,
  },
  {
    product: 'CFQ7TTC0LF8Q',
    sku: '0001',
    licenceId: '18181a46-0d4e-45cd-891e-60aabd171b4e',
    skuPartNumber: 'STANDARDPACK',
    title: 'Office 365 E1',
    description: 'Mail, file storage and meetings in the browser, for companies of any size.',
    most: large,
    monthlyCost: 8,
  },
  {
    product: 'CFQ7TTC0LF8R',
    sku: '0001',
    licenceId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    title: 'Office 365 E3',
    description: 'Office 365 E1 with the desktop apps and compliance.',
    most: large,
    monthlyCost: 18.4,
  },
  {
    product: 'CFQ7TTC0LFLX',
    sku: '0001',
    licenceId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
    skuPartNumber: 'SPE_E3',
    title: 'Microsoft 365 E3',
    description: 'Office 365 E3 with Windows and device management.',
    most: large,
    monthlyCost: 28.8,
  },
  {
    product: 'CFQ7TTC0LFLZ',
    sku: '0002',
    trial: '0003',
    licenceId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    skuPartNumber: 'SPE_E5',
    title: 'Microsoft 365 E5',
    description: 'Microsoft 365 E3 with the highest protection, telephony and analysis.',
    most: large,
    monthlyCost: 45.6,
  },
  {
    product: 'CFQ7TTC0H9MP',
    sku: '0001',
    trial: '0002',
    licenceId: 'f8a1db68-be16-40ed-86d5-cb42ce701560',
    skuPartNumber: 'POWER_BI_PRO',
    title: 'Power BI Pro',
    description: 'Reports and dashboards that are made and shared with colleagues.',
    most: large,
    monthlyCost: 8,
  },
  {
    product: 'CFQ7TTC0LFLS',
    sku: '0002',
    licenceId: '078d2b04-f1bd-4111-bbd4-b4b1b354cef4',
    skuPartNumber: 'AAD_PREMIUM',
    title: 'Microsoft Entra ID P1',
    description: 'Sign-in with conditions, for cloud and own applications.',
    most: large,
    monthlyCost: 4.8,
  },
  {
    product: 'CFQ7TTC0HD32',
    sku: '0002',
    licenceId: 'c5928f49-12ba-48f7-ada3-0d743a3601d5',
    skuPartNumber: 'VISIOCLIENT',
    title: 'Visio Plan 2',
    description: 'Diagrams on the desktop and in the browser.',
    most: large,
    monthlyCost: 12,
  },
];

function productOf({
  product,
  sku,
  trial,
  title,
  description,
  most,
  monthlyCost,
  ...ids
}: Seed): SandboxProduct {
  const paid: SandboxProductSku = {
    ...ids,
    id: sku,
    title,
    isTrial: false,
    minimumQuantity: 1,
    maximumQuantity: most,
    monthlyCost,
  };
  const trials: SandboxProductSku[] =
    trial === undefined
      ? []
      : [
          {
            ...paid,
            id: trial,
            title: `${title} Trial`,
            isTrial: true,
            minimumQuantity: trialSeats,
            maximumQuantity: trialSeats,
            monthlyCost: 0,
          },
        ];
  return { id: product, title, description, skus: [paid, ...trials] };
}

/** What is sold, under the name of each cloud. A product is withdrawn from sale by removing its document. */
export function cataloguePlaces(): { tenantId: string; id: string; product: SandboxProduct }[] {
  return ['worldwide', '21vianet'].flatMap((tenantId) =>
    seeds.map(productOf).map((product) => ({ tenantId, id: product.id, product })),
  );
}

export function catalogueDocuments(): WorldDocument[] {
  return cataloguePlaces().map(({ tenantId, id, product }) => ({
    kind: 'product',
    tenantId,
    id,
    value: product,
  }));
}

/** Product and SKU of what tests and stories order. */
export const seedItems = {
  businessBasic: 'CFQ7TTC0LH18:0001',
  businessBasicTrial: 'CFQ7TTC0LH18:0002',
  businessStandard: 'CFQ7TTC0LDPB:0001',
  businessPremium: 'CFQ7TTC0LCHC:0002',
  businessPremiumTrial: 'CFQ7TTC0LCHC:0003',
  officeE1: 'CFQ7TTC0LF8Q:0001',
} as const;
