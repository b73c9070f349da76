import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandIds, matchCommand } from '../../locales/commands.ts';
import { fold } from '../../partner/names.ts';

describe('matchCommand', () => {
  const typed: [string, string, string?][] = [
    ['help', 'help'],
    ['Help!', 'help'],
    ['?', 'help'],
    ['/help', 'help'],
    ['trợ giúp', 'help'],
    ['tro giup', 'help'],
    ['TRỢ GIÚP', 'help'],
    ['hướng dẫn', 'help'],
    ['cancel', 'cancel'],
    ['cancle', 'cancel'],
    ['hủy', 'cancel'],
    ['Huỷ.', 'cancel'],
    ['huy', 'cancel'],
    ['huy bo', 'cancel'],
    ['back', 'back'],
    ['quay lại', 'back'],
    ['Quay lai', 'back'],
    ['start over', 'start-over'],
    ['bat dau lai', 'start-over'],
    ['language', 'language'],
    ['langauge', 'language'],
    ['Ngôn ngữ', 'language'],
    ['english', 'english'],
    ['englsh', 'english'],
    ['Tiếng Việt', 'vietnamese'],
    ['tieng viet', 'vietnamese'],
    ['tiegn viet', 'vietnamese'],
    ['Tiếng Việt'.normalize('NFD'), 'vietnamese'],
    ['sign in', 'sign-in'],
    ['Sign-in', 'sign-in'],
    ['Login', 'sign-in'],
    ['đăng nhập', 'sign-in'],
    ['dang nhap', 'sign-in'],
    ['Dang nhap', 'sign-in'],
    ['Đăng nhap', 'sign-in'],
    ['sign out', 'sign-out'],
    ['dang xuat', 'sign-out'],
    ['quên tôi', 'forget-me'],
    ['quen toi', 'forget-me'],
    ['Xoá tôi', 'forget-me'],
    ['xóa dữ liệu của tôi', 'forget-me'],
    ['Xoa du lieu cua toi', 'forget-me'],
    ['Forget me!', 'forget-me'],
    ['delete my data', 'forget-me'],
    ['Erase my data.', 'forget-me'],
    ['overview', 'overview'],
    ['Menu', 'overview'],
    ['Tổng quan', 'overview'],
    ['Tong quan', 'overview'],
    ['công ty', 'company'],
    ['Cong ty', 'company'],
    ['Thông tin công ty', 'company'],
    ['company details', 'company'],
    ['sửa công ty', 'edit-company'],
    ['edit company', 'edit-company'],
    ['tên miền', 'domains'],
    ['ten mien', 'domains'],
    ['Domains', 'domains'],
    ['gói đăng ký', 'subscriptions'],
    ['goi dang ky', 'subscriptions'],
    ['subscriptions', 'subscriptions'],
    ['cài đặt dịch vụ', 'settings'],
    ['cai dat dich vu', 'settings'],
    ['service settings', 'settings'],
    ['add user', 'add-user'],
    ['them nguoi dung', 'add-user'],
    ['Thêm người dùng…', 'add-user'],
    ['users', 'users', ''],
    ['users Lan', 'users', 'Lan'],
    ["người dùng: O'Brien & Sons #1", 'users', "O'Brien & Sons #1"],
    ['Tìm người dùng  Nguyễn Thị Lan', 'users', 'Nguyễn Thị Lan'],
    ['deleted users', 'deleted-users', ''],
    ['người dùng đã xóa', 'deleted-users', ''],
    ['nguoi dung da xoa Lan', 'deleted-users', 'Lan'],
    ['approvals', 'approvals'],
    ['chờ duyệt', 'approvals'],
    ['cho duyet', 'approvals'],
    ['ủy quyền của công ty', 'authorisations'],
    ['uy quyen cua cong ty', 'authorisations'],
    ['Ủy quyền', 'authorisations'],
    ['nhờ người giúp', 'ask-help'],
    ['nho nguoi giup', 'ask-help'],
    ['người trợ giúp', 'set-colleague'],
    ['set helper', 'set-colleague'],
    ['history', 'history', ''],
    ['vai trò', 'roles'],
    ['Vai tro', 'roles'],
    ['roles', 'roles'],
    ['who has what', 'roles'],
    ['quyền hỗ trợ', 'support'],
    ['quyen ho tro', 'support'],
    ['Support access', 'support'],
    ['lịch sử Lan', 'history', 'Lan'],
    ['xin chào', 'greeting'],
    ['Xin chao', 'greeting'],
    ['Hello', 'greeting'],
    ['hi', 'greeting'],
    ['chào hàng', 'make-offer'],
    ['chao hang', 'make-offer'],
    ['Offer', 'make-offer'],
    ['make an offer', 'make-offer'],
    ['mời dùng thử', 'make-trial'],
    ['moi dung thu', 'make-trial'],
    ['trial invitation', 'make-trial'],
    ['offer Q2hpcHMtYW5kLWZpc2gtMQ', 'answer-offer', 'Q2hpcHMtYW5kLWZpc2gtMQ'],
    ['Thư chào: -2hpcHMtYW5kLWZpc2gtMQ', 'answer-offer', '-2hpcHMtYW5kLWZpc2gtMQ'],
    ['thu chao hang Q2hpcHMtYW5kLWZpc2gtMQ', 'answer-offer', 'Q2hpcHMtYW5kLWZpc2gtMQ'],
    ['https://a.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ?lang=vi', 'answer-offer', 'Q2hpcHMtYW5kLWZpc2gtMQ'],
    [
      'offer https://a.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ',
      'answer-offer',
      'https://a.example/offers/Q2hpcHMtYW5kLWZpc2gtMQ',
    ],
    ['trả lời thư chào', 'answer-offer', ''],
    ['danh sách chào hàng', 'offers'],
    ['danh sach chao hang', 'offers'],
    ['Offers', 'offers'],
    ['ủy quyền quản trị', 'make-delegation'],
    ['uy quyen quan tri', 'make-delegation'],
    ['Delegation', 'make-delegation'],
    ['danh sách ủy nhiệm', 'delegations'],
    ['danh sách ủy quyền', 'delegations'],
    ['danh sach uy quyen', 'delegations'],
    ['Delegations', 'delegations'],
    ['mã sản phẩm', 'product-keys'],
    ['khoa san pham', 'product-keys'],
    ['Product keys', 'product-keys'],
    ['who am I?', 'who-am-i'],
    ['tôi là ai', 'who-am-i'],
    ['what can I do', 'what-can-i-do'],
    ['toi lam duoc gi', 'what-can-i-do'],
  ];
  for (const [text, command, rest = ''] of typed) {
    it(`reads ${JSON.stringify(text)} as ${command}`, () => {
      assert.deepEqual(matchCommand(text), { command, rest });
    });
  }

  it('covers every command with an example', () => {
    const shown = new Set(typed.map(([, command]) => command));
    assert.deepEqual([...shown].sort(), [...commandIds].sort());
  });

  const notCommands = [
    'Huy',
    'HUY',
    'Nguyễn Văn Huy',
    'Tống Quân',
    'Tong Quan',
    'Tiến Việt',
    'Tien Viet',
    'tien viet',
    'Hương Đan',
    'Đặng Nhập',
    'Logan',
    'help me please with this',
    'xin chào Lan',
    'backup',
    'https://a.example/offers/short',
    'https://a.example/Q2hpcHMtYW5kLWZpc2gtMQ',
    'hel',
    '',
    '!!!',
    '123456',
    'x'.repeat(5000),
    'users '.repeat(900),
  ];
  for (const text of notCommands) {
    it(`leaves ${JSON.stringify(text.slice(0, 30))} alone`, () => {
      assert.equal(matchCommand(text), undefined);
    });
  }

  const families =
    'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Tống Chu Lại Tăng Người'.split(
      ' ',
    );
  const middles = 'Thị Văn Hữu Đức Ngọc Minh Thanh Tiến Quốc Bảo Kim Xuân'.split(' ');
  const givens =
    'Lan Huy Quân Việt Anh Hương Dung Dũng Trang Đan Nhập Tiên Hải Thảo Chào Giáp Lái Bách Mến Hi Quang Lai Tiếng Nghĩa'.split(
      ' ',
    );
  const vietnameseName = fc
    .tuple(
      fc.option(fc.constantFrom(...families), { nil: '' }),
      fc.option(fc.constantFrom(...middles), { nil: '' }),
      fc.constantFrom(...givens),
    )
    .map((parts) => parts.filter(Boolean).join(' '))
    // Nobody is called by a command spelt with all its marks, or all but one.
    .filter((name) => !['chào', 'người dũng', 'người dung'].includes(name.toLowerCase()));

  it('never takes a Vietnamese name for a command, with or without marks', () => {
    fc.assert(
      fc.property(vietnameseName, fc.boolean(), fc.boolean(), (name, marked, loud) => {
        const unmarked = Array.from(name, (letter) => {
          const plain = fold(letter);
          return letter === letter.toLowerCase() ? plain : plain.toUpperCase();
        }).join('');
        const written = marked ? name : unmarked;
        // “Hi” is the greeting; a person of that name answers under `nameExpected` alike.
        fc.pre(written !== 'Hi' && written !== 'Nguoi Dung');
        assert.equal(matchCommand(loud ? written.toUpperCase() : written), undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('is stricter yet while a name is asked for', () => {
    for (const name of ['huy', 'tong quan', 'cancle', 'Logan', 'huong dan']) {
      assert.equal(matchCommand(name, { nameExpected: true }), undefined, name);
    }
    assert.equal(matchCommand('hủy', { nameExpected: true })?.command, 'cancel');
    assert.equal(matchCommand('cancel', { nameExpected: true })?.command, 'cancel');
    assert.equal(matchCommand('huy bo', { nameExpected: true })?.command, 'cancel');
  });
});
