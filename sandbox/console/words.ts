import type { FaultKind } from '../faults.ts';
import type { Words } from '../pages/language.ts';

/** Everything that the console says. */
export const words = {
  accounts: { vi: 'Tài khoản', en: 'Accounts' },
  controls: { vi: 'Đồng hồ và sự cố', en: 'Clock and faults' },
  directory: { vi: 'Thư mục', en: 'Directory' },
  mail: { vi: 'Hộp thư', en: 'Mailbox' },
  requests: { vi: 'Nhật ký', en: 'Requests' },
  pages: { vi: 'Các trang', en: 'Pages' },

  accountsLead: {
    vi: 'Đăng nhập trong bot bằng một trong những tài khoản này; không cần mật khẩu. Mỗi tài khoản hợp để thử một việc.',
    en: 'Sign in to the bot with any of these accounts; there are no passwords. Each one is good for trying something else.',
  },
  staff: { vi: 'Nhân viên của đối tác', en: 'Staff of the partner' },
  clients: { vi: 'Người của khách hàng', en: 'People of clients' },
  goodFor: { vi: 'Hợp để thử:', en: 'Good for:' },
  noRole: { vi: 'Không có vai trò quản trị', en: 'No admin role' },
  waitingTitle: { vi: 'Tin nhắn đang chờ', en: 'Messages waiting' },
  waitingLead: {
    vi: 'Những tin này chờ đến khi tài khoản đăng nhập trong bot.',
    en: 'These wait until the account is signed in to the bot.',
  },
  waitingNone: { vi: 'Không có tin nào đang chờ tài khoản.', en: 'No messages wait for an account.' },
  waitingUnknown: {
    vi: 'Đám mây này chạy riêng nên không thấy tin nhắn của bot.',
    en: 'This sandbox runs apart from the bot, so it cannot see its messages.',
  },
  messages: { vi: 'tin', en: 'messages' },
  opinionsTitle: { vi: 'Ý kiến về câu trả lời trợ giúp', en: 'Opinions on help answers' },
  opinionsTopic: { vi: 'Câu trả lời', en: 'Answer' },
  opinionsNone: { vi: 'Chưa có ý kiến nào.', en: 'No opinions yet.' },

  clock: { vi: 'Đồng hồ', en: 'Clock' },
  clockLead: {
    vi: 'Bot đi theo đồng hồ này: đẩy tới trước để xem bản dùng thử hết hạn hay lời nhắc đến hạn.',
    en: 'The bot follows this clock: move it on to see a trial end or a reminder come due.',
  },
  realTime: { vi: 'Bằng giờ thật.', en: 'Same as real time.' },
  ahead: { vi: 'Đi trước giờ thật', en: 'Ahead of real time by' },
  hour: { vi: '+1 giờ', en: '+1 hour' },
  day: { vi: '+1 ngày', en: '+1 day' },
  month: { vi: '+30 ngày', en: '+30 days' },
  backToReal: { vi: 'Về giờ thật', en: 'Back to real time' },

  faults: { vi: 'Làm Microsoft trục trặc', en: 'Break Microsoft' },
  faultsLead: {
    vi: 'Bật một sự cố rồi xem bot nói gì. Mỗi sự cố tự tắt sau số lần đã chọn.',
    en: 'Switch a fault on and see what the bot says. Each one ends by itself after the chosen number of calls.',
  },
  active: { vi: 'Đang bật', en: 'Switched on' },
  activeNone: { vi: 'Không có sự cố nào đang bật.', en: 'No faults are on.' },
  left: { vi: 'còn lại', en: 'left' },
  switchOn: { vi: 'Bật', en: 'Switch on' },
  switchOff: { vi: 'Tắt', en: 'Switch off' },
  clearAll: { vi: 'Tắt tất cả', en: 'Switch all off' },
  whichFault: { vi: 'Sự cố', en: 'Fault' },
  whichCalls: { vi: 'Áp dụng cho', en: 'Applies to' },
  whichMethod: { vi: 'Loại lệnh', en: 'Kind of call' },
  howOften: { vi: 'Số lần', en: 'How many calls' },
  seconds: { vi: 'Số giây (nếu cần)', en: 'Seconds (where it matters)' },
  anyCall: { vi: 'Mọi lệnh', en: 'Every call' },
  anyMethod: { vi: 'Đọc và ghi', en: 'Reading and writing' },
  reading: { vi: 'Chỉ đọc', en: 'Reading only' },
  creating: { vi: 'Chỉ tạo mới', en: 'Creating only' },
  changing: { vi: 'Chỉ sửa', en: 'Changing only' },
  deleting: { vi: 'Chỉ xóa', en: 'Deleting only' },
  users: { vi: 'Người dùng', en: 'Users' },
  licences: { vi: 'Giấy phép', en: 'Licences' },
  roles: { vi: 'Vai trò quản trị', en: 'Admin roles' },
  groups: { vi: 'Nhóm', en: 'Groups' },

  startOver: { vi: 'Bắt đầu lại', en: 'Start over' },
  startOverLead: {
    vi: 'Đưa mọi công ty và tài khoản về lúc đầu, đồng hồ về giờ thật, tắt mọi sự cố và đăng xuất mọi người.',
    en: 'Puts all companies and accounts back as they were at first, the clock to real time, switches all faults off and signs everybody out.',
  },
  startOverAsk: { vi: 'Bắt đầu lại từ đầu?', en: 'Start over from the beginning?' },
  startOverWarning: {
    vi: 'Người dùng bạn đã tạo, vai trò và giấy phép đã cấp sẽ mất. Không thể hoàn tác.',
    en: 'Users you made and the roles and licences you granted will be gone. This cannot be undone.',
  },
  startOverYes: { vi: 'Xóa hết và bắt đầu lại', en: 'Delete everything and start over' },
  startOverNo: { vi: 'Giữ nguyên', en: 'Keep everything' },
  startedOver: { vi: 'Đã bắt đầu lại.', en: 'Started over.' },

  directoryLead: {
    vi: 'Những gì Microsoft đang biết về một công ty: tìm ở đây người dùng mà bot vừa tạo.',
    en: 'What Microsoft knows of a company right now: find the user here that the bot just made.',
  },
  company: { vi: 'Công ty', en: 'Company' },
  find: { vi: 'Tìm theo tên hoặc tên đăng nhập', en: 'Find by name or sign-in name' },
  show: { vi: 'Xem', en: 'Show' },
  partners: { vi: 'Đối tác', en: 'Partners' },
  person: { vi: 'Người dùng', en: 'User' },
  role: { vi: 'Vai trò', en: 'Roles' },
  group: { vi: 'Nhóm', en: 'Groups' },
  licence: { vi: 'Giấy phép', en: 'Licences' },
  created: { vi: 'Tạo lúc', en: 'Created' },
  blocked: { vi: 'Bị chặn', en: 'Blocked' },
  guest: { vi: 'Khách', en: 'Guest' },
  deleted: { vi: 'Đã xóa', en: 'Deleted' },
  domains: { vi: 'Tên miền', en: 'Domains' },
  defaultDomain: { vi: 'mặc định', en: 'default' },
  unverified: { vi: 'chưa xác minh', en: 'not verified' },
  noUsers: { vi: 'Không có người dùng nào như vậy.', en: 'No such users.' },
  newestFirst: { vi: 'Mới nhất ở trên', en: 'Newest first' },
  people: { vi: 'người', en: 'people' },

  mailLead: {
    vi: 'Thư mà bot gửi đi sẽ nằm ở đây, không ra khỏi máy này.',
    en: 'Mails that the bot sends will lie here; none leaves this machine.',
  },
  mailNone: { vi: 'Chưa có thư nào.', en: 'No mails yet.' },

  requestsLead: {
    vi: 'Các lệnh gần đây đến đám mây thử nghiệm, mới nhất ở trên (tối đa 500).',
    en: 'Recent calls to the sandbox, newest first (at most 500).',
  },
  requestsNone: { vi: 'Chưa có lệnh nào.', en: 'No calls yet.' },
  time: { vi: 'Lúc', en: 'Time' },
  call: { vi: 'Lệnh', en: 'Call' },
  answer: { vi: 'Trả lời', en: 'Answer' },
  reference: { vi: 'Mã yêu cầu', en: 'Request id' },
  broken: { vi: 'ngắt', en: 'reset' },
  notFound: { vi: 'Không có trang này', en: 'No such page' },
} satisfies Record<string, Words>;

/** Each fault in plain words, with the preset that the console switches on. */
export const faultWords: Readonly<Record<FaultKind, Words>> = {
  throttled: { vi: 'Quá nhiều yêu cầu (429)', en: 'Too many requests (429)' },
  unavailable: { vi: 'Dịch vụ bận, không làm gì (503)', en: 'Service busy, nothing done (503)' },
  'unavailable-after-doing': {
    vi: 'Làm xong rồi mới báo bận (503)',
    en: 'Does it, then says it is busy (503)',
  },
  reset: { vi: 'Đứt kết nối, không làm gì', en: 'Connection breaks, nothing done' },
  'reset-after-doing': { vi: 'Làm xong rồi đứt kết nối', en: 'Does it, then the connection breaks' },
  slow: { vi: 'Trả lời chậm', en: 'Answers slowly' },
  stale: { vi: 'Người mới tạo chưa tìm thấy ngay', en: 'A new user cannot be found for a while' },
  'expired-token': { vi: 'Phiên đăng nhập hết hạn (401)', en: 'Sign-in expired (401)' },
};
