// @ts-nocheck
// Generated from spec.json by tools/generate.ts; not to be edited.
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Zendesk Source Config","type":"object","required":["subdomain","credentials"],"additionalProperties":true,"properties":{"subdomain":{"type":"string","title":"Subdomain","description":"The first part of the address at which you sign in to Zendesk: for https://acme.zendesk.com it is acme. The whole address works too.","examples":["acme"],"minLength":1,"order":0},"credentials":{"type":"object","title":"Authentication","description":"How to sign in. The user behind it must be an administrator: Zendesk gives the exports of tickets, users and organizations to no one else.","order":1,"oneOf":[{"title":"OAuth client (recommended)","type":"object","required":["credentials","client_id","client_secret"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2_client_credentials","order":0},"client_id":{"type":"string","title":"Client ID","description":"The identifier of a confidential OAuth client of your account: Admin Center, Apps and integrations, APIs, OAuth clients. It acts as the user that it belongs to.","minLength":1,"order":1},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client.","airbyte_secret":true,"minLength":1,"order":2},"scope":{"type":"string","title":"Scope","description":"What the connection may do, blank-separated. Reading everything takes \"read\".","default":"read","minLength":1,"order":3}}},{"title":"OAuth with a refresh token","type":"object","required":["credentials","client_id","refresh_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2_refresh","order":0},"client_id":{"type":"string","title":"Client ID","description":"The OAuth client for which the consent was given.","minLength":1,"order":1},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client; public clients have none.","airbyte_secret":true,"minLength":1,"order":2},"refresh_token":{"type":"string","title":"Refresh token","description":"Good for one use: each sync puts a new one in its place. Nothing else may use the same one.","airbyte_secret":true,"minLength":1,"order":3},"access_token":{"type":"string","title":"Access token","description":"Used until it ends; filled in by the connector.","airbyte_secret":true,"minLength":1,"order":4},"token_expiry_date":{"type":"string","title":"End of the access token","description":"Filled in by the connector.","format":"date-time","airbyte_hidden":true,"order":5}}},{"title":"OAuth access token","type":"object","required":["credentials","access_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2.0","order":0},"access_token":{"type":"string","title":"Access token","description":"An OAuth access token with the scope \"read\". One that ends is not renewed.","airbyte_secret":true,"minLength":1,"order":1},"client_id":{"type":"string","title":"Client ID","description":"The OAuth client that the token was made for. Not needed to read.","airbyte_secret":true,"order":2},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client. Not needed to read.","airbyte_secret":true,"order":3}}},{"title":"API token (ends on 30 April 2027)","type":"object","required":["credentials","email","api_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"api_token","order":0},"email":{"type":"string","title":"Email","description":"The address of the administrator in whose name the token is used.","examples":["admin@acme.com"],"minLength":1,"order":1},"api_token":{"type":"string","title":"API token","description":"A token from Admin Center, Apps and integrations, API tokens. Since October 2026 no new ones can be made, and Zendesk ends all of them on 30 April 2027.","airbyte_secret":true,"minLength":1,"order":2}}},{"title":"Email and password (ended in January 2026)","type":"object","required":["credentials","email","password"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"password","order":0},"email":{"type":"string","title":"Email","description":"The address of the administrator.","minLength":1,"order":1},"password":{"type":"string","title":"Password","description":"Zendesk switched passwords off for its API on 12 January 2026: accounts no longer accept them.","airbyte_secret":true,"minLength":1,"order":2}}}]},"start_date":{"type":"string","title":"Start date","description":"Tickets, users, organizations and other records that changed before this moment (UTC) are left out of the first sync: a date, or \"90 days ago\", which the first sync fixes. Empty: everything is read. An earlier date later on reads again from there. Small tables such as groups, ticket fields and forms are always read whole.","examples":["2024-01-01T00:00:00Z","90 days ago"],"pattern":"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?|[1-9][0-9]{0,4} (day|week|month|year)s? ago)$","pattern_descriptor":"YYYY-MM-DDTHH:mm:ssZ, or 90 days ago","order":2},"pull_by":{"type":"string","title":"Pull by","description":"What the start date goes by. updated: everything that changed since. created: only records that were created since, and their later changes.","enum":["updated","created"],"default":"updated","order":3},"support_type_scope":{"type":"string","title":"Support type","description":"Which tickets are read, with their comments and events. all: also those that AI agents serve, which Zendesk's exports leave out by default. agent or ai_agent: only those of agents, or of AI agents. A wider choice later on reads the streams again.","enum":["all","agent","ai_agent"],"default":"all","order":5},"streams_first":{"type":"array","title":"Streams that come first","description":"In a long first sync, streams that share one of Zendesk's limits take turns: tickets, users and organizations come first, then conversations, then metric events, then the rest. The streams that are named here go before all of them, in this order.","items":{"type":"string","minLength":1},"default":[],"order":20},"streams_concurrency":{"type":"integer","title":"Streams at once","description":"How many lists and exports are read at the same time. Zendesk's limits are kept whatever it is; a smaller number takes less memory.","minimum":1,"maximum":100,"default":100,"order":16},"strict_types":{"type":"boolean","title":"Strict types","description":"On: a value that does not fit the type of its column is replaced by null, inside of objects and lists too. The record says so (meta.changes), or the log with Singer. Off: records are emitted as Zendesk gives them. Unknown fields are emitted either way, and logged once.","default":false,"order":10},"nul_characters":{"type":"string","title":"NUL characters","description":"Texts may hold the character U+0000, which most databases refuse. keep: it is emitted. strip: it is taken out, and the log says so. Left out: strip with Singer and with strict types, else keep.","enum":["keep","strip"],"order":22},"files_folder":{"type":"string","title":"Folder for files","description":"Where the files of ticket_attachments and article_attachments are put, each at <stream>/<id>/<file name>. Airbyte asks for them with include_files, and says where (AIRBYTE_STAGING_DIRECTORY, or /staging/files) if this is empty; the Singer tap brings them where this is given.","examples":["/data/zendesk"],"minLength":1,"airbyte_hidden":true,"order":17},"deleted_records":{"type":"string","title":"Deleted records","description":"delete: what was deleted in Zendesk carries the column _ab_cdc_deleted_at, and destinations that deduplicate remove the row. mark: no such column, only Zendesk's own marks, such as a ticket's status \"deleted\". exclude: deleted records are left out.","enum":["delete","mark","exclude"],"default":"delete","order":4},"reader":{"type":"string","title":"Reader","description":"export: tickets, their events and metrics, users and organizations are read through the Incremental Export API, which Zendesk closes to third parties. list: they are read from lists, which takes more requests. auto: through the exports for as long as Zendesk has them open for this connection, then from lists.","enum":["auto","export","list"],"default":"auto","order":11},"reconcile_every":{"type":"number","title":"Days between reconciliations","description":"If streams are read from lists, Zendesk does not report deletions of archived tickets and some changes: after this number of days, everything in Zendesk is compared with what was read. 0: never.","minimum":0,"default":7,"order":12},"max_deletions_percent":{"type":"number","title":"Most deletions in percent","description":"Of most records Zendesk does not say that they were deleted: they are only missing. If a larger share of a stream's records is missing (and more than ten, or the list is empty), also when asked again, none is deleted and the stream fails with a message. 100: all is believed.","minimum":0,"maximum":100,"default":5,"order":13},"custom_fields":{"type":"string","title":"Custom fields","description":"raw: the custom fields of tickets, users, organizations and custom objects come as Zendesk gives them, together in one column. columns: each is a column of its own, with its type, named by the field's key or title; choices also come with the label that people see, as ..._label. Refresh the schema after changing this.","enum":["raw","columns"],"default":"raw","order":6},"searches":{"type":"array","title":"Searches","description":"Streams of your own: what Zendesk's search finds, with its later changes. Rows that no longer match the search stay until a full refresh. open_tickets and closed_tickets are there in any case, and follow what is opened and closed.","order":8,"items":{"type":"object","required":["name","query"],"additionalProperties":true,"properties":{"name":{"type":"string","title":"Stream name","description":"Small letters, digits and underscores.","examples":["urgent_tickets"],"pattern":"^[a-z][a-z0-9_]{0,62}$","pattern_descriptor":"urgent_tickets","order":0},"query":{"type":"string","title":"Query","description":"As in Zendesk's search box. Tickets are searched for, or with type:user, type:organization or type:group those.","examples":["priority:urgent status<solved","type:user tags:vip"],"minLength":1,"order":1}}}},"include":{"type":"array","title":"Embedded in tickets","description":"What tickets refer to, as columns of their own, read with them at no cost in requests. They show what was true when the ticket was read, and do not follow later changes. users: requester, submitter and assignee. slas as far as Zendesk gives them. Refresh the schema after changing this.","uniqueItems":true,"order":7,"items":{"type":"string","enum":["users","groups","organizations","ticket_forms","brands","custom_statuses","sharing_agreements","comment_count","incident_counts","dates","metric_sets","slas"]}},"legacy_schema":{"type":"boolean","title":"Columns of Airbyte's connector","description":"Streams that Airbyte's own connector has get exactly its columns (of version 4.9.1), for tables that it has filled so far. Deletions then have Zendesk's own marks only.","default":false,"order":9},"base_url":{"type":"string","title":"Base URL","description":"Takes the place of https://{subdomain}.zendesk.com, for a proxy or the sandbox. Plain http is allowed for this machine only.","examples":["http://127.0.0.1:8080"],"airbyte_hidden":true,"order":18},"marketplace":{"type":"object","title":"Marketplace","description":"For those who distribute the connector: how it is registered with Zendesk, sent along with every request as Zendesk asks of third parties.","required":["name","organization_id","app_id"],"additionalProperties":true,"airbyte_hidden":true,"order":19,"properties":{"name":{"type":"string","title":"Name","minLength":1,"order":0},"organization_id":{"type":"string","title":"Organization ID","minLength":1,"order":1},"app_id":{"type":"string","title":"App ID","minLength":1,"order":2}}},"rate_limit_percent":{"type":"integer","title":"Share of the rate limit","description":"How much of the account's requests a minute the connection may use, in percent. The rest is left to your other tools; what they are seen to use is left to them as well.","minimum":1,"maximum":100,"default":90,"order":14},"exports_percent":{"type":"integer","title":"Share of the exports' limits","description":"How much of the limits of Zendesk's exports the connection may use, in percent: 10 requests a minute, or 30 with the High Volume add-on. Other tools that read the same exports need the rest.","minimum":1,"maximum":100,"default":100,"order":21},"max_retry_minutes":{"type":"integer","title":"Retry time","description":"For how many minutes a request that fails is tried again before its stream gives up. Waiting for a limit does not count.","minimum":0,"maximum":1440,"default":10,"order":15}}};
const formats0 = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;
const pattern0 = new RegExp("^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?|[1-9][0-9]{0,4} (day|week|month|year)s? ago)$", "u");
const pattern1 = new RegExp("^[a-z][a-z0-9_]{0,62}$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.pull_by === undefined){
data.pull_by = "updated";
}
if(data.support_type_scope === undefined){
data.support_type_scope = "all";
}
if(data.streams_first === undefined){
data.streams_first = [];
}
if(data.streams_concurrency === undefined){
data.streams_concurrency = 100;
}
if(data.strict_types === undefined){
data.strict_types = false;
}
if(data.deleted_records === undefined){
data.deleted_records = "delete";
}
if(data.reader === undefined){
data.reader = "auto";
}
if(data.reconcile_every === undefined){
data.reconcile_every = 7;
}
if(data.max_deletions_percent === undefined){
data.max_deletions_percent = 5;
}
if(data.custom_fields === undefined){
data.custom_fields = "raw";
}
if(data.legacy_schema === undefined){
data.legacy_schema = false;
}
if(data.rate_limit_percent === undefined){
data.rate_limit_percent = 90;
}
if(data.exports_percent === undefined){
data.exports_percent = 100;
}
if(data.max_retry_minutes === undefined){
data.max_retry_minutes = 10;
}
if(data.subdomain === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "subdomain"},message:"must have required property '"+"subdomain"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.credentials === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.subdomain !== undefined){
let data0 = data.subdomain;
if(typeof data0 === "string"){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/subdomain",schemaPath:"#/properties/subdomain/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.subdomain,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/subdomain",schemaPath:"#/properties/subdomain/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.subdomain.type,parentSchema:schema11.properties.subdomain,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.credentials !== undefined){
let data1 = data.credentials;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err4 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.type,parentSchema:schema11.properties.credentials,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs6 = errors;
let valid1 = false;
let passing0 = null;
const _errs7 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.credentials === undefined){
const err5 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.client_id === undefined){
const err6 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1.client_secret === undefined){
const err7 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "client_secret"},message:"must have required property '"+"client_secret"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1.credentials !== undefined){
let data2 = data1.credentials;
if(typeof data2 !== "string"){
const err8 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/0/properties/credentials/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.credentials.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.credentials,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if("oauth2_client_credentials" !== data2){
const err9 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/0/properties/credentials/const",keyword:"const",params:{allowedValue: "oauth2_client_credentials"},message:"must be equal to constant",schema:"oauth2_client_credentials",parentSchema:schema11.properties.credentials.oneOf[0].properties.credentials,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data1.client_id !== undefined){
let data3 = data1.client_id;
if(typeof data3 === "string"){
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/credentials/client_id",schemaPath:"#/properties/credentials/oneOf/0/properties/client_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.client_id,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/credentials/client_id",schemaPath:"#/properties/credentials/oneOf/0/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.client_id.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.client_id,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data1.client_secret !== undefined){
let data4 = data1.client_secret;
if(typeof data4 === "string"){
if(data4.length < 1){
const err12 = {instancePath:instancePath+"/credentials/client_secret",schemaPath:"#/properties/credentials/oneOf/0/properties/client_secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.client_secret,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/credentials/client_secret",schemaPath:"#/properties/credentials/oneOf/0/properties/client_secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.client_secret.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.client_secret,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data1.scope !== undefined){
let data5 = data1.scope;
if(typeof data5 === "string"){
if(data5.length < 1){
const err14 = {instancePath:instancePath+"/credentials/scope",schemaPath:"#/properties/credentials/oneOf/0/properties/scope/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.scope,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/credentials/scope",schemaPath:"#/properties/credentials/oneOf/0/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.scope.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.scope,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[0].type,parentSchema:schema11.properties.credentials.oneOf[0],data:data1};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid0 = _errs7 === errors;
if(_valid0){
valid1 = true;
passing0 = 0;
}
const _errs18 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.credentials === undefined){
const err17 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.properties.credentials.oneOf[1].required,parentSchema:schema11.properties.credentials.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data1.client_id === undefined){
const err18 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'",schema:schema11.properties.credentials.oneOf[1].required,parentSchema:schema11.properties.credentials.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data1.refresh_token === undefined){
const err19 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/required",keyword:"required",params:{missingProperty: "refresh_token"},message:"must have required property '"+"refresh_token"+"'",schema:schema11.properties.credentials.oneOf[1].required,parentSchema:schema11.properties.credentials.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data1.credentials !== undefined){
let data6 = data1.credentials;
if(typeof data6 !== "string"){
const err20 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/1/properties/credentials/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.credentials.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.credentials,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if("oauth2_refresh" !== data6){
const err21 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/1/properties/credentials/const",keyword:"const",params:{allowedValue: "oauth2_refresh"},message:"must be equal to constant",schema:"oauth2_refresh",parentSchema:schema11.properties.credentials.oneOf[1].properties.credentials,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data1.client_id !== undefined){
let data7 = data1.client_id;
if(typeof data7 === "string"){
if(data7.length < 1){
const err22 = {instancePath:instancePath+"/credentials/client_id",schemaPath:"#/properties/credentials/oneOf/1/properties/client_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[1].properties.client_id,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/credentials/client_id",schemaPath:"#/properties/credentials/oneOf/1/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.client_id.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.client_id,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data1.client_secret !== undefined){
let data8 = data1.client_secret;
if(typeof data8 === "string"){
if(data8.length < 1){
const err24 = {instancePath:instancePath+"/credentials/client_secret",schemaPath:"#/properties/credentials/oneOf/1/properties/client_secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[1].properties.client_secret,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/credentials/client_secret",schemaPath:"#/properties/credentials/oneOf/1/properties/client_secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.client_secret.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.client_secret,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data1.refresh_token !== undefined){
let data9 = data1.refresh_token;
if(typeof data9 === "string"){
if(data9.length < 1){
const err26 = {instancePath:instancePath+"/credentials/refresh_token",schemaPath:"#/properties/credentials/oneOf/1/properties/refresh_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[1].properties.refresh_token,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/credentials/refresh_token",schemaPath:"#/properties/credentials/oneOf/1/properties/refresh_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.refresh_token.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.refresh_token,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data1.access_token !== undefined){
let data10 = data1.access_token;
if(typeof data10 === "string"){
if(data10.length < 1){
const err28 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/1/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[1].properties.access_token,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/1/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.access_token.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.access_token,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data1.token_expiry_date !== undefined){
let data11 = data1.token_expiry_date;
if(typeof data11 === "string"){
if(!(formats0.test(data11))){
const err30 = {instancePath:instancePath+"/credentials/token_expiry_date",schemaPath:"#/properties/credentials/oneOf/1/properties/token_expiry_date/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\"",schema:"date-time",parentSchema:schema11.properties.credentials.oneOf[1].properties.token_expiry_date,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/credentials/token_expiry_date",schemaPath:"#/properties/credentials/oneOf/1/properties/token_expiry_date/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.token_expiry_date.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.token_expiry_date,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[1].type,parentSchema:schema11.properties.credentials.oneOf[1],data:data1};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
var _valid0 = _errs18 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid1 = true;
passing0 = 1;
}
const _errs33 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.credentials === undefined){
const err33 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.properties.credentials.oneOf[2].required,parentSchema:schema11.properties.credentials.oneOf[2],data:data1};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data1.access_token === undefined){
const err34 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/required",keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'",schema:schema11.properties.credentials.oneOf[2].required,parentSchema:schema11.properties.credentials.oneOf[2],data:data1};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data1.credentials !== undefined){
let data12 = data1.credentials;
if(typeof data12 !== "string"){
const err35 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/2/properties/credentials/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.credentials.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.credentials,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if("oauth2.0" !== data12){
const err36 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/2/properties/credentials/const",keyword:"const",params:{allowedValue: "oauth2.0"},message:"must be equal to constant",schema:"oauth2.0",parentSchema:schema11.properties.credentials.oneOf[2].properties.credentials,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data1.access_token !== undefined){
let data13 = data1.access_token;
if(typeof data13 === "string"){
if(data13.length < 1){
const err37 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/2/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[2].properties.access_token,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/2/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.access_token.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.access_token,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data1.client_id !== undefined){
let data14 = data1.client_id;
if(typeof data14 !== "string"){
const err39 = {instancePath:instancePath+"/credentials/client_id",schemaPath:"#/properties/credentials/oneOf/2/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.client_id.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.client_id,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data1.client_secret !== undefined){
let data15 = data1.client_secret;
if(typeof data15 !== "string"){
const err40 = {instancePath:instancePath+"/credentials/client_secret",schemaPath:"#/properties/credentials/oneOf/2/properties/client_secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.client_secret.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.client_secret,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[2].type,parentSchema:schema11.properties.credentials.oneOf[2],data:data1};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
var _valid0 = _errs33 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid1 = true;
passing0 = 2;
}
const _errs44 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.credentials === undefined){
const err42 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/3/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.properties.credentials.oneOf[3].required,parentSchema:schema11.properties.credentials.oneOf[3],data:data1};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data1.email === undefined){
const err43 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/3/required",keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'",schema:schema11.properties.credentials.oneOf[3].required,parentSchema:schema11.properties.credentials.oneOf[3],data:data1};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data1.api_token === undefined){
const err44 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/3/required",keyword:"required",params:{missingProperty: "api_token"},message:"must have required property '"+"api_token"+"'",schema:schema11.properties.credentials.oneOf[3].required,parentSchema:schema11.properties.credentials.oneOf[3],data:data1};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data1.credentials !== undefined){
let data16 = data1.credentials;
if(typeof data16 !== "string"){
const err45 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/3/properties/credentials/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[3].properties.credentials.type,parentSchema:schema11.properties.credentials.oneOf[3].properties.credentials,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if("api_token" !== data16){
const err46 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/3/properties/credentials/const",keyword:"const",params:{allowedValue: "api_token"},message:"must be equal to constant",schema:"api_token",parentSchema:schema11.properties.credentials.oneOf[3].properties.credentials,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data1.email !== undefined){
let data17 = data1.email;
if(typeof data17 === "string"){
if(data17.length < 1){
const err47 = {instancePath:instancePath+"/credentials/email",schemaPath:"#/properties/credentials/oneOf/3/properties/email/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[3].properties.email,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/credentials/email",schemaPath:"#/properties/credentials/oneOf/3/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[3].properties.email.type,parentSchema:schema11.properties.credentials.oneOf[3].properties.email,data:data17};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data1.api_token !== undefined){
let data18 = data1.api_token;
if(typeof data18 === "string"){
if(data18.length < 1){
const err49 = {instancePath:instancePath+"/credentials/api_token",schemaPath:"#/properties/credentials/oneOf/3/properties/api_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[3].properties.api_token,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/credentials/api_token",schemaPath:"#/properties/credentials/oneOf/3/properties/api_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[3].properties.api_token.type,parentSchema:schema11.properties.credentials.oneOf[3].properties.api_token,data:data18};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/3/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[3].type,parentSchema:schema11.properties.credentials.oneOf[3],data:data1};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
var _valid0 = _errs44 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 3];
}
else {
if(_valid0){
valid1 = true;
passing0 = 3;
}
const _errs53 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.credentials === undefined){
const err52 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/4/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.properties.credentials.oneOf[4].required,parentSchema:schema11.properties.credentials.oneOf[4],data:data1};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data1.email === undefined){
const err53 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/4/required",keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'",schema:schema11.properties.credentials.oneOf[4].required,parentSchema:schema11.properties.credentials.oneOf[4],data:data1};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data1.password === undefined){
const err54 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/4/required",keyword:"required",params:{missingProperty: "password"},message:"must have required property '"+"password"+"'",schema:schema11.properties.credentials.oneOf[4].required,parentSchema:schema11.properties.credentials.oneOf[4],data:data1};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data1.credentials !== undefined){
let data19 = data1.credentials;
if(typeof data19 !== "string"){
const err55 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/4/properties/credentials/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[4].properties.credentials.type,parentSchema:schema11.properties.credentials.oneOf[4].properties.credentials,data:data19};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if("password" !== data19){
const err56 = {instancePath:instancePath+"/credentials/credentials",schemaPath:"#/properties/credentials/oneOf/4/properties/credentials/const",keyword:"const",params:{allowedValue: "password"},message:"must be equal to constant",schema:"password",parentSchema:schema11.properties.credentials.oneOf[4].properties.credentials,data:data19};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data1.email !== undefined){
let data20 = data1.email;
if(typeof data20 === "string"){
if(data20.length < 1){
const err57 = {instancePath:instancePath+"/credentials/email",schemaPath:"#/properties/credentials/oneOf/4/properties/email/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[4].properties.email,data:data20};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
else {
const err58 = {instancePath:instancePath+"/credentials/email",schemaPath:"#/properties/credentials/oneOf/4/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[4].properties.email.type,parentSchema:schema11.properties.credentials.oneOf[4].properties.email,data:data20};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data1.password !== undefined){
let data21 = data1.password;
if(typeof data21 === "string"){
if(data21.length < 1){
const err59 = {instancePath:instancePath+"/credentials/password",schemaPath:"#/properties/credentials/oneOf/4/properties/password/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[4].properties.password,data:data21};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/credentials/password",schemaPath:"#/properties/credentials/oneOf/4/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[4].properties.password.type,parentSchema:schema11.properties.credentials.oneOf[4].properties.password,data:data21};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/4/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[4].type,parentSchema:schema11.properties.credentials.oneOf[4],data:data1};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
var _valid0 = _errs53 === errors;
if(_valid0 && valid1){
valid1 = false;
passing0 = [passing0, 4];
}
else {
if(_valid0){
valid1 = true;
passing0 = 4;
}
}
}
}
}
if(!valid1){
const err62 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema11.properties.credentials.oneOf,parentSchema:schema11.properties.credentials,data:data1};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.start_date !== undefined){
let data22 = data.start_date;
if(typeof data22 === "string"){
if(!pattern0.test(data22)){
const err63 = {instancePath:instancePath+"/start_date",schemaPath:"#/properties/start_date/pattern",keyword:"pattern",params:{pattern: "^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?|[1-9][0-9]{0,4} (day|week|month|year)s? ago)$"},message:"must match pattern \""+"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?|[1-9][0-9]{0,4} (day|week|month|year)s? ago)$"+"\"",schema:"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?|[1-9][0-9]{0,4} (day|week|month|year)s? ago)$",parentSchema:schema11.properties.start_date,data:data22};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/start_date",schemaPath:"#/properties/start_date/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.start_date.type,parentSchema:schema11.properties.start_date,data:data22};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
let data23 = data.pull_by;
if(typeof data23 !== "string"){
const err65 = {instancePath:instancePath+"/pull_by",schemaPath:"#/properties/pull_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.pull_by.type,parentSchema:schema11.properties.pull_by,data:data23};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(!((data23 === "updated") || (data23 === "created"))){
const err66 = {instancePath:instancePath+"/pull_by",schemaPath:"#/properties/pull_by/enum",keyword:"enum",params:{allowedValues: schema11.properties.pull_by.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.pull_by.enum,parentSchema:schema11.properties.pull_by,data:data23};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
let data24 = data.support_type_scope;
if(typeof data24 !== "string"){
const err67 = {instancePath:instancePath+"/support_type_scope",schemaPath:"#/properties/support_type_scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.support_type_scope.type,parentSchema:schema11.properties.support_type_scope,data:data24};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(!(((data24 === "all") || (data24 === "agent")) || (data24 === "ai_agent"))){
const err68 = {instancePath:instancePath+"/support_type_scope",schemaPath:"#/properties/support_type_scope/enum",keyword:"enum",params:{allowedValues: schema11.properties.support_type_scope.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.support_type_scope.enum,parentSchema:schema11.properties.support_type_scope,data:data24};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
let data25 = data.streams_first;
if(Array.isArray(data25)){
const len0 = data25.length;
for(let i0=0; i0<len0; i0++){
let data26 = data25[i0];
if(typeof data26 === "string"){
if(data26.length < 1){
const err69 = {instancePath:instancePath+"/streams_first/" + i0,schemaPath:"#/properties/streams_first/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.streams_first.items,data:data26};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/streams_first/" + i0,schemaPath:"#/properties/streams_first/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.streams_first.items.type,parentSchema:schema11.properties.streams_first.items,data:data26};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/streams_first",schemaPath:"#/properties/streams_first/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.streams_first.type,parentSchema:schema11.properties.streams_first,data:data25};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
let data27 = data.streams_concurrency;
if(!((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27)))){
const err72 = {instancePath:instancePath+"/streams_concurrency",schemaPath:"#/properties/streams_concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.streams_concurrency.type,parentSchema:schema11.properties.streams_concurrency,data:data27};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(typeof data27 == "number"){
if(data27 > 100 || isNaN(data27)){
const err73 = {instancePath:instancePath+"/streams_concurrency",schemaPath:"#/properties/streams_concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.streams_concurrency,data:data27};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(data27 < 1 || isNaN(data27)){
const err74 = {instancePath:instancePath+"/streams_concurrency",schemaPath:"#/properties/streams_concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.streams_concurrency,data:data27};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
let data28 = data.strict_types;
if(typeof data28 !== "boolean"){
const err75 = {instancePath:instancePath+"/strict_types",schemaPath:"#/properties/strict_types/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.strict_types.type,parentSchema:schema11.properties.strict_types,data:data28};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data.nul_characters !== undefined){
let data29 = data.nul_characters;
if(typeof data29 !== "string"){
const err76 = {instancePath:instancePath+"/nul_characters",schemaPath:"#/properties/nul_characters/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.nul_characters.type,parentSchema:schema11.properties.nul_characters,data:data29};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(!((data29 === "keep") || (data29 === "strip"))){
const err77 = {instancePath:instancePath+"/nul_characters",schemaPath:"#/properties/nul_characters/enum",keyword:"enum",params:{allowedValues: schema11.properties.nul_characters.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.nul_characters.enum,parentSchema:schema11.properties.nul_characters,data:data29};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data.files_folder !== undefined){
let data30 = data.files_folder;
if(typeof data30 === "string"){
if(data30.length < 1){
const err78 = {instancePath:instancePath+"/files_folder",schemaPath:"#/properties/files_folder/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.files_folder,data:data30};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/files_folder",schemaPath:"#/properties/files_folder/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.files_folder.type,parentSchema:schema11.properties.files_folder,data:data30};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
let data31 = data.deleted_records;
if(typeof data31 !== "string"){
const err80 = {instancePath:instancePath+"/deleted_records",schemaPath:"#/properties/deleted_records/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.deleted_records.type,parentSchema:schema11.properties.deleted_records,data:data31};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(!(((data31 === "delete") || (data31 === "mark")) || (data31 === "exclude"))){
const err81 = {instancePath:instancePath+"/deleted_records",schemaPath:"#/properties/deleted_records/enum",keyword:"enum",params:{allowedValues: schema11.properties.deleted_records.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.deleted_records.enum,parentSchema:schema11.properties.deleted_records,data:data31};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
let data32 = data.reader;
if(typeof data32 !== "string"){
const err82 = {instancePath:instancePath+"/reader",schemaPath:"#/properties/reader/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.reader.type,parentSchema:schema11.properties.reader,data:data32};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(!(((data32 === "auto") || (data32 === "export")) || (data32 === "list"))){
const err83 = {instancePath:instancePath+"/reader",schemaPath:"#/properties/reader/enum",keyword:"enum",params:{allowedValues: schema11.properties.reader.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.reader.enum,parentSchema:schema11.properties.reader,data:data32};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
let data33 = data.reconcile_every;
if(typeof data33 == "number"){
if(data33 < 0 || isNaN(data33)){
const err84 = {instancePath:instancePath+"/reconcile_every",schemaPath:"#/properties/reconcile_every/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.reconcile_every,data:data33};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/reconcile_every",schemaPath:"#/properties/reconcile_every/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.reconcile_every.type,parentSchema:schema11.properties.reconcile_every,data:data33};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
let data34 = data.max_deletions_percent;
if(typeof data34 == "number"){
if(data34 > 100 || isNaN(data34)){
const err86 = {instancePath:instancePath+"/max_deletions_percent",schemaPath:"#/properties/max_deletions_percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.max_deletions_percent,data:data34};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(data34 < 0 || isNaN(data34)){
const err87 = {instancePath:instancePath+"/max_deletions_percent",schemaPath:"#/properties/max_deletions_percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.max_deletions_percent,data:data34};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/max_deletions_percent",schemaPath:"#/properties/max_deletions_percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.max_deletions_percent.type,parentSchema:schema11.properties.max_deletions_percent,data:data34};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
let data35 = data.custom_fields;
if(typeof data35 !== "string"){
const err89 = {instancePath:instancePath+"/custom_fields",schemaPath:"#/properties/custom_fields/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.custom_fields.type,parentSchema:schema11.properties.custom_fields,data:data35};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(!((data35 === "raw") || (data35 === "columns"))){
const err90 = {instancePath:instancePath+"/custom_fields",schemaPath:"#/properties/custom_fields/enum",keyword:"enum",params:{allowedValues: schema11.properties.custom_fields.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.custom_fields.enum,parentSchema:schema11.properties.custom_fields,data:data35};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data.searches !== undefined){
let data36 = data.searches;
if(Array.isArray(data36)){
const len1 = data36.length;
for(let i1=0; i1<len1; i1++){
let data37 = data36[i1];
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
if(data37.name === undefined){
const err91 = {instancePath:instancePath+"/searches/" + i1,schemaPath:"#/properties/searches/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.searches.items.required,parentSchema:schema11.properties.searches.items,data:data37};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data37.query === undefined){
const err92 = {instancePath:instancePath+"/searches/" + i1,schemaPath:"#/properties/searches/items/required",keyword:"required",params:{missingProperty: "query"},message:"must have required property '"+"query"+"'",schema:schema11.properties.searches.items.required,parentSchema:schema11.properties.searches.items,data:data37};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(data37.name !== undefined){
let data38 = data37.name;
if(typeof data38 === "string"){
if(!pattern1.test(data38)){
const err93 = {instancePath:instancePath+"/searches/" + i1+"/name",schemaPath:"#/properties/searches/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_]{0,62}$"},message:"must match pattern \""+"^[a-z][a-z0-9_]{0,62}$"+"\"",schema:"^[a-z][a-z0-9_]{0,62}$",parentSchema:schema11.properties.searches.items.properties.name,data:data38};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/searches/" + i1+"/name",schemaPath:"#/properties/searches/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.searches.items.properties.name.type,parentSchema:schema11.properties.searches.items.properties.name,data:data38};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data37.query !== undefined){
let data39 = data37.query;
if(typeof data39 === "string"){
if(data39.length < 1){
const err95 = {instancePath:instancePath+"/searches/" + i1+"/query",schemaPath:"#/properties/searches/items/properties/query/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.searches.items.properties.query,data:data39};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/searches/" + i1+"/query",schemaPath:"#/properties/searches/items/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.searches.items.properties.query.type,parentSchema:schema11.properties.searches.items.properties.query,data:data39};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/searches/" + i1,schemaPath:"#/properties/searches/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.searches.items.type,parentSchema:schema11.properties.searches.items,data:data37};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/searches",schemaPath:"#/properties/searches/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.searches.type,parentSchema:schema11.properties.searches,data:data36};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.include !== undefined){
let data40 = data.include;
if(Array.isArray(data40)){
const len2 = data40.length;
for(let i2=0; i2<len2; i2++){
let data41 = data40[i2];
if(typeof data41 !== "string"){
const err99 = {instancePath:instancePath+"/include/" + i2,schemaPath:"#/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.include.items.type,parentSchema:schema11.properties.include.items,data:data41};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if(!((((((((((((data41 === "users") || (data41 === "groups")) || (data41 === "organizations")) || (data41 === "ticket_forms")) || (data41 === "brands")) || (data41 === "custom_statuses")) || (data41 === "sharing_agreements")) || (data41 === "comment_count")) || (data41 === "incident_counts")) || (data41 === "dates")) || (data41 === "metric_sets")) || (data41 === "slas"))){
const err100 = {instancePath:instancePath+"/include/" + i2,schemaPath:"#/properties/include/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.include.items.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.include.items.enum,parentSchema:schema11.properties.include.items,data:data41};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
let i3 = data40.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data40[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err101 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema11.properties.include,data:data40};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err102 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.include.type,parentSchema:schema11.properties.include,data:data40};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
let data42 = data.legacy_schema;
if(typeof data42 !== "boolean"){
const err103 = {instancePath:instancePath+"/legacy_schema",schemaPath:"#/properties/legacy_schema/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.legacy_schema.type,parentSchema:schema11.properties.legacy_schema,data:data42};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if(data.base_url !== undefined){
let data43 = data.base_url;
if(typeof data43 !== "string"){
const err104 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.base_url.type,parentSchema:schema11.properties.base_url,data:data43};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data.marketplace !== undefined){
let data44 = data.marketplace;
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
if(data44.name === undefined){
const err105 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data44};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if(data44.organization_id === undefined){
const err106 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "organization_id"},message:"must have required property '"+"organization_id"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data44};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(data44.app_id === undefined){
const err107 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "app_id"},message:"must have required property '"+"app_id"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data44};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(data44.name !== undefined){
let data45 = data44.name;
if(typeof data45 === "string"){
if(data45.length < 1){
const err108 = {instancePath:instancePath+"/marketplace/name",schemaPath:"#/properties/marketplace/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.name,data:data45};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/marketplace/name",schemaPath:"#/properties/marketplace/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.name.type,parentSchema:schema11.properties.marketplace.properties.name,data:data45};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data44.organization_id !== undefined){
let data46 = data44.organization_id;
if(typeof data46 === "string"){
if(data46.length < 1){
const err110 = {instancePath:instancePath+"/marketplace/organization_id",schemaPath:"#/properties/marketplace/properties/organization_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.organization_id,data:data46};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
else {
const err111 = {instancePath:instancePath+"/marketplace/organization_id",schemaPath:"#/properties/marketplace/properties/organization_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.organization_id.type,parentSchema:schema11.properties.marketplace.properties.organization_id,data:data46};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data44.app_id !== undefined){
let data47 = data44.app_id;
if(typeof data47 === "string"){
if(data47.length < 1){
const err112 = {instancePath:instancePath+"/marketplace/app_id",schemaPath:"#/properties/marketplace/properties/app_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.app_id,data:data47};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
else {
const err113 = {instancePath:instancePath+"/marketplace/app_id",schemaPath:"#/properties/marketplace/properties/app_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.app_id.type,parentSchema:schema11.properties.marketplace.properties.app_id,data:data47};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.marketplace.type,parentSchema:schema11.properties.marketplace,data:data44};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
let data48 = data.rate_limit_percent;
if(!((typeof data48 == "number") && (!(data48 % 1) && !isNaN(data48)))){
const err115 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.rate_limit_percent.type,parentSchema:schema11.properties.rate_limit_percent,data:data48};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if(typeof data48 == "number"){
if(data48 > 100 || isNaN(data48)){
const err116 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.rate_limit_percent,data:data48};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if(data48 < 1 || isNaN(data48)){
const err117 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.rate_limit_percent,data:data48};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
let data49 = data.exports_percent;
if(!((typeof data49 == "number") && (!(data49 % 1) && !isNaN(data49)))){
const err118 = {instancePath:instancePath+"/exports_percent",schemaPath:"#/properties/exports_percent/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.exports_percent.type,parentSchema:schema11.properties.exports_percent,data:data49};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if(typeof data49 == "number"){
if(data49 > 100 || isNaN(data49)){
const err119 = {instancePath:instancePath+"/exports_percent",schemaPath:"#/properties/exports_percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.exports_percent,data:data49};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
if(data49 < 1 || isNaN(data49)){
const err120 = {instancePath:instancePath+"/exports_percent",schemaPath:"#/properties/exports_percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.exports_percent,data:data49};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
let data50 = data.max_retry_minutes;
if(!((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50)))){
const err121 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.max_retry_minutes.type,parentSchema:schema11.properties.max_retry_minutes,data:data50};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
if(typeof data50 == "number"){
if(data50 > 1440 || isNaN(data50)){
const err122 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1440},message:"must be <= 1440",schema:1440,parentSchema:schema11.properties.max_retry_minutes,data:data50};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
if(data50 < 0 || isNaN(data50)){
const err123 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.max_retry_minutes,data:data50};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
}
else {
const err124 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
