import { roleDefinitions } from '../graph/role-definitions.ts';
import type { Language } from './language.ts';

/** Vietnamese names of directory roles by template id, for the sandbox's own pages. */
const vietnamese: Readonly<Record<string, string>> = {
  '62e90394-69f5-4237-9190-012177145e10': 'Quản trị viên toàn cầu',
  'fe930be7-5e62-47db-91af-98c3a49a38b1': 'Quản trị viên người dùng',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8': 'Quản trị viên hỗ trợ',
  '966707d0-3269-4727-9be2-8c3a10f19b9d': 'Quản trị viên mật khẩu',
  'b0f54661-2d74-4c50-afa3-1ec803f12efe': 'Quản trị viên thanh toán',
  'f023fd81-a637-4b56-95fd-791ac0226033': 'Quản trị viên hỗ trợ dịch vụ',
  '4d6ac14f-3453-41d0-bef9-a3e0c569773a': 'Quản trị viên giấy phép',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f': 'Quản trị viên xác thực',
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': 'Quản trị viên xác thực đặc quyền',
  'e8611ab8-c189-46e8-94e1-60213ab1f814': 'Quản trị viên vai trò đặc quyền',
  '29232cdf-9323-42fd-ade2-1d097af3e4de': 'Quản trị viên Exchange',
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c': 'Quản trị viên SharePoint',
  '69091246-20e8-4a56-aa4d-066075b2a7a8': 'Quản trị viên Teams',
  '75941009-915a-4869-abe7-691bff18279e': 'Quản trị viên Skype for Business',
  '44367163-eba1-44c3-98af-f5787879f96a': 'Quản trị viên Dynamics 365',
  '3a2c62db-5318-420d-8d74-23affee5d9d5': 'Quản trị viên Intune',
  '158c047a-c907-4556-b7ef-446551a6b5f7': 'Quản trị viên ứng dụng đám mây',
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': 'Quản trị viên ứng dụng',
  '8329153b-31d0-4727-b945-745eb3bc5f31': 'Quản trị viên tên miền',
  'fdd7a751-b60b-444a-984c-02652fe8fa1c': 'Quản trị viên nhóm',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b': 'Người mời khách',
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b': 'Người đọc thư mục',
  '9360feb5-f418-4baa-8175-e2a00bac4301': 'Người ghi thư mục',
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451': 'Người đọc toàn cầu',
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b': 'Người đọc trung tâm thông báo',
  '4a5d8f65-41da-4de4-8968-e035b65339cf': 'Người đọc báo cáo',
  '194ae4cb-b126-40b2-bd5b-6091b380977d': 'Quản trị viên bảo mật',
  '5d6b6bb7-de71-4623-b4af-96380a352509': 'Người đọc bảo mật',
  '17315797-102d-40b4-93e0-432062caca18': 'Quản trị viên tuân thủ',
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9': 'Quản trị viên truy nhập có điều kiện',
  '2b745bdf-0803-4d80-aa65-822c4493daac': 'Quản trị viên ứng dụng Office',
  '11648597-926c-4cf3-9c36-bcebb0ba8dcc': 'Quản trị viên Power Platform',
  'a9ea8996-122f-4c74-9520-8edcd192826c': 'Quản trị viên Fabric',
  '75934031-6c7e-415a-99d7-48dbd49e875e': 'Người đọc báo cáo tóm tắt mức sử dụng',
};

/** The name of a role; its template id when it is none that the sandbox knows. */
export function roleName(templateId: string, language: Language): string {
  const english = roleDefinitions.find((role) => role.templateId === templateId)?.displayName;
  return (language === 'vi' ? vietnamese[templateId] : undefined) ?? english ?? templateId;
}
