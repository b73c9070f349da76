import assert from 'node:assert/strict';
import { productName, products } from '../../partner/skus.ts';

describe('productName', () => {
  it('knows what Microsoft calls a product', () => {
    const sku = { skuId: 'CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46', partNumber: 'SPB' };
    assert.equal(productName(sku), 'Microsoft 365 Business Premium');
  });

  it('shows the part number of a product that is not listed', () => {
    const sku = { skuId: '00000000-0000-0000-0000-000000000000', partNumber: 'NEW_THING' };
    assert.equal(productName(sku), 'NEW_THING');
  });

  it('has no two names alike', () => {
    const names = [...products.values()].map((product) => product.name);
    assert.equal(new Set(names).size, products.size);
  });
});
