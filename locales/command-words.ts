/** What a person may type for one command. Write Vietnamese with its marks; typing without them works too. */
export interface CommandWords {
  phrases: readonly string[];
  /**
   * Phrases that are also names of people, most of them once their marks are gone (*hủy* – Huy, *tổng quan* –
   * Tống Quân; *login* is one slip from Logan). They count when their marks are right, or without any mark where
   * no name is asked and not every word has a capital. Never with a slip.
   */
  alsoNames?: readonly string[];
  /** What follows the phrase belongs to the command: `người dùng Lan`. */
  takesRest?: true;
  /** Phrases that count only before the code of an offer, or its whole link; that link alone counts as well. */
  withCode?: readonly string[];
}

/** Every command, in both languages at once: nobody must know which language the bot is set to. */
export const commandWords = {
  help: {
    phrases: ['help', '?', 'trợ giúp', 'giúp', 'giúp đỡ', 'giúp tôi', 'help me'],
    alsoNames: ['hướng dẫn'],
  },
  cancel: { phrases: ['cancel', 'stop', 'hủy bỏ', 'hủy lệnh'], alsoNames: ['hủy'] },
  back: { phrases: ['back', 'go back', 'quay lại', 'trở lại'] },
  'start-over': {
    phrases: ['start over', 'restart', 'start again', 'bắt đầu lại', 'làm lại từ đầu'],
  },
  language: { phrases: ['language', 'change language', 'ngôn ngữ', 'đổi ngôn ngữ', 'chọn ngôn ngữ'] },
  vietnamese: { phrases: ['tiếng việt', 'vietnamese', 'in vietnamese'] },
  english: { phrases: ['english', 'in english', 'tiếng anh'] },
  'sign-in': { phrases: ['sign in', 'signin', 'log in'], alsoNames: ['login', 'đăng nhập'] },
  'sign-out': { phrases: ['sign out', 'signout', 'log out', 'logout'], alsoNames: ['đăng xuất'] },
  'forget-me': {
    phrases: [
      'quên tôi',
      'hãy quên tôi',
      'xóa tôi',
      'xóa dữ liệu của tôi',
      'xóa dữ liệu của mình',
      'xóa thông tin của tôi',
      'xóa hết dữ liệu của tôi',
      'forget me',
      'delete me',
      'erase me',
      'delete my data',
      'erase my data',
      'remove my data',
      'delete all my data',
      'forget my data',
    ],
  },
  overview: { phrases: ['overview', 'menu', 'home'], alsoNames: ['tổng quan'] },
  'add-user': {
    phrases: ['add user', 'add a user', 'new user', 'thêm người dùng', 'tạo người dùng'],
  },
  users: {
    phrases: [
      'users',
      'user',
      'user list',
      'list users',
      'find user',
      'find users',
      'search users',
      'người dùng',
      'danh sách người dùng',
      'tìm người dùng',
    ],
    takesRest: true,
  },
  'deleted-users': {
    phrases: [
      'deleted users',
      'deleted user',
      'restore user',
      'người dùng đã xóa',
      'người đã xóa',
      'khôi phục người dùng',
    ],
    takesRest: true,
  },
  company: {
    phrases: [
      'công ty',
      'thông tin công ty',
      'chi tiết công ty',
      'công ty của tôi',
      'company',
      'company details',
      'my company',
    ],
  },
  'edit-company': {
    phrases: ['sửa công ty', 'sửa thông tin công ty', 'edit company', 'edit company details'],
  },
  domains: { phrases: ['tên miền', 'danh sách tên miền', 'domains', 'domain', 'list domains'] },
  subscriptions: {
    phrases: [
      'gói đăng ký',
      'các gói đăng ký',
      'gói đăng ký của công ty',
      'subscriptions',
      'subscription',
      'own subscriptions',
      'my subscriptions',
    ],
  },
  settings: {
    phrases: ['cài đặt', 'cài đặt dịch vụ', 'thiết lập dịch vụ', 'settings', 'service settings'],
  },
  roles: {
    phrases: [
      'roles',
      'role',
      'admin roles',
      'who has what',
      'vai trò',
      'quyền quản trị',
      'ai có quyền gì',
      'ai giữ vai trò nào',
    ],
  },
  support: {
    phrases: ['support access', 'support', 'quyền hỗ trợ', 'quyền hỗ trợ khách hàng', 'hỗ trợ khách hàng'],
  },
  approvals: { phrases: ['approvals', 'chờ duyệt', 'phê duyệt', 'việc chờ duyệt'] },
  history: { phrases: ['history', 'log', 'lịch sử', 'nhật ký'], takesRest: true },
  authorisations: {
    phrases: [
      'authorisations',
      'authorizations',
      'company authorisations',
      'ủy quyền của công ty',
      'các ủy quyền',
    ],
    alsoNames: ['ủy quyền'],
  },
  'ask-help': {
    phrases: ['ask for help', 'ask a colleague', 'ask somebody', 'nhờ người giúp', 'nhờ giúp đỡ'],
  },
  'set-colleague': {
    phrases: [
      'set helper',
      'choose helper',
      'helper',
      'người trợ giúp',
      'chọn người trợ giúp',
      'đặt người trợ giúp',
    ],
  },
  'answer-offer': {
    phrases: ['answer offer', 'answer the offer', 'trả lời thư chào', 'xem thư chào'],
    takesRest: true,
    withCode: ['offer', 'thư chào', 'thư chào hàng'],
  },
  'make-offer': {
    phrases: [
      'offer',
      'purchase offer',
      'new offer',
      'make offer',
      'make an offer',
      'thư chào hàng',
      'tạo thư chào hàng',
    ],
    alsoNames: ['chào hàng'],
  },
  'make-trial': {
    phrases: ['trial', 'trial invitation', 'new trial', 'mời dùng thử', 'thư mời dùng thử'],
  },
  offers: {
    phrases: [
      'offers',
      'offer list',
      'list offers',
      'danh sách chào hàng',
      'danh sách thư chào',
      'các thư chào',
    ],
  },
  'make-delegation': {
    phrases: [
      'delegation',
      'delegation offer',
      'ask for delegation',
      'delegated administration',
      'ủy quyền quản trị',
      'quản trị ủy nhiệm',
      'đề nghị quản trị ủy nhiệm',
    ],
  },
  delegations: {
    phrases: [
      'delegations',
      'delegation list',
      'list delegations',
      'danh sách ủy nhiệm',
      'danh sách quản trị ủy nhiệm',
      'danh sách ủy quyền',
      'các ủy quyền quản trị',
    ],
  },
  'product-keys': {
    phrases: [
      'product keys',
      'product key',
      'set up with product keys',
      'khóa sản phẩm',
      'mã sản phẩm',
      'thiết lập bằng khóa sản phẩm',
    ],
  },
  'who-am-i': { phrases: ['who am i', 'whoami', 'tôi là ai'] },
  'what-can-i-do': {
    phrases: ['what can i do', 'what can you do', 'tôi làm được gì', 'tôi có thể làm gì', 'bạn làm được gì'],
  },
  greeting: { phrases: ['hello', 'hey', 'xin chào', 'chào bạn', 'alo'], alsoNames: ['hi', 'chào'] },
} as const satisfies Readonly<Record<string, CommandWords>>;

export type CommandId = keyof typeof commandWords;
