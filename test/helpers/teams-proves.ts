/** Loaded before the tests (`npm run test:teams`): people sit in Teams, whose word for who they are is taken. */
process.env['TEAMS_PROVES'] = '1';
