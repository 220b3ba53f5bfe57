// A sender with OPPO's hosts as constants: fetch, and node:https for the IM server.
import { createHash } from 'node:crypto';
import https from 'node:https';

const post = async (url, fields) => (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).json();
const [key, secret, timestamp] = ['sandbox-demo-app-key', 'sandbox-demo-master-secret', String(Date.now())];
const sign = createHash('sha256').update(key + timestamp + secret).digest('hex');
const auth = await post('https://api.push.oppomobile.com/server/v1/auth', { app_key: key, sign, timestamp });
const message = { target_type: 2, target_value: 'REG_ID', notification: { title: 'from Node', content: 'hello', channel_id: 'tuikit' } };
const sent = await post('https://api.push.oppomobile.com/server/v1/message/notification/unicast', {
  auth_token: auth.data.auth_token,
  message: JSON.stringify(message),
});
if (sent.code !== 0) throw new Error(JSON.stringify(sent));
const im = await new Promise((done, failed) => {
  const request = https.request('https://console.tim.qq.com/v4/openim/sendmsg', { method: 'POST' }, (response) => {
    let text = '';
    response.on('data', (data) => (text += data)).on('end', () => done(JSON.parse(text)));
  });
  request.on('error', failed).end('{}');
});
if (im.ActionStatus !== 'FAIL') throw new Error(JSON.stringify(im));
