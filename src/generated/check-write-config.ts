// @ts-nocheck
// Generated from spec-destination.json by tools/generate.ts; not to be edited.
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Zendesk Destination Config","type":"object","required":["subdomain","credentials"],"additionalProperties":true,"properties":{"subdomain":{"type":"string","title":"Subdomain","description":"The first part of the address at which you sign in to Zendesk: for https://acme.zendesk.com it is acme. The whole address works too.","examples":["acme"],"minLength":1,"order":0},"credentials":{"type":"object","title":"Authentication","description":"How to sign in. What the user behind it may not write is refused: an administrator may write everything.","order":1,"oneOf":[{"title":"OAuth client (recommended)","type":"object","required":["credentials","client_id","client_secret"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2_client_credentials","order":0},"client_id":{"type":"string","title":"Client ID","description":"The identifier of a confidential OAuth client of your account: Admin Center, Apps and integrations, APIs, OAuth clients. It acts as the user that it belongs to.","minLength":1,"order":1},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client.","airbyte_secret":true,"minLength":1,"order":2},"scope":{"type":"string","title":"Scope","description":"What the connection may do, blank-separated. Writing takes \"read write\".","default":"read write","minLength":1,"order":3}}},{"title":"OAuth with a refresh token","type":"object","required":["credentials","client_id","refresh_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2_refresh","order":0},"client_id":{"type":"string","title":"Client ID","description":"The OAuth client for which the consent was given.","minLength":1,"order":1},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client; public clients have none.","airbyte_secret":true,"minLength":1,"order":2},"refresh_token":{"type":"string","title":"Refresh token","description":"Good for one use: each sync puts a new one in its place. Nothing else may use the same one.","airbyte_secret":true,"minLength":1,"order":3},"access_token":{"type":"string","title":"Access token","description":"Used until it ends; filled in by the connector.","airbyte_secret":true,"minLength":1,"order":4},"token_expiry_date":{"type":"string","title":"End of the access token","description":"Filled in by the connector.","format":"date-time","airbyte_hidden":true,"order":5}}},{"title":"OAuth access token","type":"object","required":["credentials","access_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"oauth2.0","order":0},"access_token":{"type":"string","title":"Access token","description":"An OAuth access token with the scope \"read write\". One that ends is not renewed.","airbyte_secret":true,"minLength":1,"order":1},"client_id":{"type":"string","title":"Client ID","description":"The OAuth client that the token was made for. Not needed to write.","airbyte_secret":true,"order":2},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that OAuth client. Not needed to write.","airbyte_secret":true,"order":3}}},{"title":"API token (ends on 30 April 2027)","type":"object","required":["credentials","email","api_token"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"api_token","order":0},"email":{"type":"string","title":"Email","description":"The address of the administrator in whose name the token is used.","examples":["admin@acme.com"],"minLength":1,"order":1},"api_token":{"type":"string","title":"API token","description":"A token from Admin Center, Apps and integrations, API tokens. Since October 2026 no new ones can be made, and Zendesk ends all of them on 30 April 2027.","airbyte_secret":true,"minLength":1,"order":2}}},{"title":"Email and password (ended in January 2026)","type":"object","required":["credentials","email","password"],"additionalProperties":true,"properties":{"credentials":{"type":"string","const":"password","order":0},"email":{"type":"string","title":"Email","description":"The address of the administrator.","minLength":1,"order":1},"password":{"type":"string","title":"Password","description":"Zendesk switched passwords off for its API on 12 January 2026: accounts no longer accept them.","airbyte_secret":true,"minLength":1,"order":2}}}]},"folder":{"type":"string","title":"Folder","description":"Where the ledger and rejected rows are kept. The ledger is what makes a sync that was interrupted go on without writing anything twice: give it a place that outlives the program.","default":"zendesk-destination","minLength":1,"order":2},"tags_mode":{"type":"string","title":"Tags","description":"What a row does to the tags that are there already, and to the choices of fields with several: \"add\" its own, \"remove\" its own, \"set\" them to its own, which removes those that others have set, or \"managed\": only those that begin with \"tags_prefix\" are ours, and are removed if the row has them no more.","enum":["add","remove","set","managed"],"default":"add","order":3},"tags_prefix":{"type":"string","title":"Prefix of tags","description":"With \"managed\": what the tags begin with that only this connection sets, such as crm_.","examples":["crm_"],"minLength":1,"order":4},"dry_run":{"type":"boolean","title":"Dry run","description":"Finds out what would be written, and reports the counts and the first differences. Nothing is written, and no state is emitted.","default":false,"order":5},"max_rejected_percent":{"type":"number","title":"Most rows rejected","description":"If more than this part of 100 rows or more of a stream is rejected for one reason, the sync stops.","default":20,"minimum":0,"maximum":100,"order":6},"send_mails":{"type":"boolean","title":"Send verification mails","description":"Whether Zendesk welcomes users that are created, and asks them to verify their address.","default":false,"order":7},"notify_subscribers":{"type":"boolean","title":"Notify subscribers","description":"Whether those who follow a section of the Help Center get a mail of its new articles and translations.","default":false,"order":8},"public_comments":{"type":"boolean","title":"Public comments","description":"Whether comments of tickets are public, so that the requester gets a mail. If it is off, all are private.","default":false,"order":9},"raise_roles":{"type":"boolean","title":"Raise roles","description":"Whether users may become agents or administrators, which takes licences. If it is off, such rows are rejected.","default":false,"order":10},"create_options":{"type":"boolean","title":"Create options","description":"Whether choices may be added to custom fields. If it is off, such rows are rejected; names of choices may change all the same.","default":false,"order":11},"create_fields":{"type":"boolean","title":"Create fields","description":"Whether custom fields of tickets, users and organizations may be created. If it is off, such rows are rejected.","default":false,"order":12},"allow_deletes":{"type":"boolean","title":"Allow deletions","description":"Whether streams may be written with the mode \"soft_delete\". Zendesk cannot restore users.","default":false,"order":13},"mappings":{"type":"array","title":"Mappings","description":"For streams whose names or columns are not those of Zendesk: where they go.","order":14,"items":{"type":"object","required":["stream"],"properties":{"stream":{"type":"string","title":"Stream","description":"The name of the stream.","order":0},"object":{"type":"string","title":"Object","description":"The object that it is written to, such as users. Left out: the name of the stream.","order":1},"columns":{"type":"object","title":"Columns","description":"By column of the stream: the column of the object.","additionalProperties":{"type":"string"},"order":2},"key":{"type":"array","title":"Key","description":"The columns that rows are matched by, in place of the primary key of the stream, such as external_id.","items":{"type":"string"},"order":3},"mode":{"type":"string","title":"Mode","description":"What is done with rows, in place of the mode of the stream.","enum":["append","append_dedup","update","soft_delete"],"order":4},"conflicts":{"type":"object","title":"Conflicts","description":"For fields that people change on both sides: who wins. Then a value that only Zendesk changed since both sides agreed is not written over, and what both changed is decided. Left out: what the rows say is written.","order":5,"properties":{"policy":{"type":"string","title":"Policy","description":"Who wins where both sides have changed a field: the rows (source_wins), Zendesk (zendesk_wins), who changed it last (newest), or nobody: the row is rejected (reject).","enum":["source_wins","zendesk_wins","newest","reject"],"default":"source_wins","order":0},"fields":{"type":"object","title":"By column","description":"By column: the policy for it, in place of the general one.","additionalProperties":{"type":"string","enum":["source_wins","zendesk_wins","newest","reject"]},"order":1},"owner":{"type":"object","title":"Owner","description":"By column: the only side that may change it. Columns of \"zendesk\" are written when a row is created, and never again; those of \"source\" always.","additionalProperties":{"type":"string","enum":["source","zendesk"]},"order":2},"time":{"type":"string","title":"Time","description":"The column that says when a row changed last, for \"newest\".","default":"updated_at","order":3}}},"audiences":{"type":"array","title":"Audiences","description":"For streams of people in audiences: where the status of each member (realized, existing or exited) goes. A row has the columns email and last_name, and a column for each audience, with its name.","order":6,"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","title":"Name","description":"The name of the audience: the column of the rows with the status.","minLength":1,"order":0},"field":{"type":"string","title":"Field","description":"The custom field that takes the status, by its title or key. It must exist.","minLength":1,"order":1},"tag":{"type":"string","title":"Tag","description":"In place of a field, for users: the tag that members have, and that those who left lose.","minLength":1,"order":2}}}}}}},"conflicts":{"type":"object","title":"Conflicts","description":"As in mappings, for all streams that say nothing else.","order":15,"properties":{"policy":{"type":"string","title":"Policy","description":"Who wins where both sides have changed a field: the rows (source_wins), Zendesk (zendesk_wins), who changed it last (newest), or nobody: the row is rejected (reject).","enum":["source_wins","zendesk_wins","newest","reject"],"default":"source_wins","order":0},"fields":{"type":"object","title":"By column","description":"By column: the policy for it, in place of the general one.","additionalProperties":{"type":"string","enum":["source_wins","zendesk_wins","newest","reject"]},"order":1},"owner":{"type":"object","title":"Owner","description":"By column: the only side that may change it. Columns of \"zendesk\" are written when a row is created, and never again; those of \"source\" always.","additionalProperties":{"type":"string","enum":["source","zendesk"]},"order":2},"time":{"type":"string","title":"Time","description":"The column that says when a row changed last, for \"newest\".","default":"updated_at","order":3}}},"object_storage_config":{"type":"object","title":"Bucket for rejected rows","description":"Where rejected rows are kept, if not in the folder: a bucket of Amazon S3, or of another store that speaks S3.","default":{"storage_type":"None"},"oneOf":[{"title":"None","type":"object","required":["storage_type"],"properties":{"storage_type":{"type":"string","const":"None","order":0}}},{"title":"S3","type":"object","required":["storage_type","access_key_id","secret_access_key","s3_bucket_name","s3_bucket_region","bucket_path"],"additionalProperties":true,"properties":{"storage_type":{"type":"string","const":"S3","order":0},"access_key_id":{"type":"string","title":"Access key ID","description":"Of somebody who may put, read and delete objects there. Roles and temporary keys are not supported.","airbyte_secret":true,"minLength":1,"order":1},"secret_access_key":{"type":"string","title":"Secret access key","airbyte_secret":true,"minLength":1,"order":2},"s3_bucket_name":{"type":"string","title":"Bucket","minLength":1,"order":3},"s3_bucket_region":{"type":"string","title":"Region","examples":["eu-central-1"],"minLength":1,"order":4},"bucket_path":{"type":"string","title":"Path","description":"The folder in the bucket.","examples":["zendesk/rejected"],"order":5},"s3_endpoint":{"type":"string","title":"Endpoint","description":"The address of a store that is not Amazon's.","examples":["https://minio.example.com"],"order":6}}}],"order":16},"jobs_at_once":{"type":"integer","title":"Jobs at once","description":"How many bulk jobs are under way at a time. The account has 30 for everybody, and agents' bulk edits are among them.","default":5,"minimum":1,"maximum":25,"order":17},"sell":{"type":"object","title":"Zendesk Sell","description":"For contacts, leads, deals and notes of Zendesk Sell, which has credentials of its own: an access token, or the client ID, the client secret and the refresh token of an app. Sell ends on 31 August 2027.","additionalProperties":true,"properties":{"access_token":{"type":"string","title":"Access token","description":"A personal access token of Sell: Settings, Integrations, OAuth, Access Tokens. Beside a refresh token it is filled in by the connector.","airbyte_secret":true,"minLength":1,"order":0},"client_id":{"type":"string","title":"Client ID","description":"The app that was given consent: Settings, Integrations, OAuth, Developer Apps.","minLength":1,"order":1},"client_secret":{"type":"string","title":"Client secret","description":"The secret of that app.","airbyte_secret":true,"minLength":1,"order":2},"refresh_token":{"type":"string","title":"Refresh token","description":"What the consent brought. Good for one use: each sync puts a new one in its place. Nothing else may use the same one.","airbyte_secret":true,"minLength":1,"order":3},"token_expiry_date":{"type":"string","title":"End of the access token","description":"Filled in by the connector.","airbyte_hidden":true,"order":4},"base_url":{"type":"string","title":"Base URL","description":"Takes the place of https://api.getbase.com, for a proxy or the sandbox. Plain http is allowed for this machine only.","default":"https://api.getbase.com","airbyte_hidden":true,"order":5}},"order":18},"rate_limit_percent":{"type":"integer","title":"Share of the rate limit","description":"How much of the account's requests a minute the connection may use, in percent. The rest is left to your other tools; what they are seen to use is left to them as well.","minimum":1,"maximum":100,"default":50,"order":19},"max_retry_minutes":{"type":"integer","title":"Retry time","description":"For how many minutes a request that fails is tried again before its stream gives up. Waiting for a limit does not count.","minimum":0,"maximum":1440,"default":10,"order":20},"base_url":{"type":"string","title":"Base URL","description":"Takes the place of https://{subdomain}.zendesk.com, for a proxy or the sandbox. Plain http is allowed for this machine only.","examples":["http://127.0.0.1:8080"],"airbyte_hidden":true,"order":21},"marketplace":{"type":"object","title":"Marketplace","description":"For those who distribute the connector: how it is registered with Zendesk, sent along with every request as Zendesk asks of third parties.","required":["name","organization_id","app_id"],"additionalProperties":true,"airbyte_hidden":true,"order":22,"properties":{"name":{"type":"string","title":"Name","minLength":1,"order":0},"organization_id":{"type":"string","title":"Organization ID","minLength":1,"order":1},"app_id":{"type":"string","title":"App ID","minLength":1,"order":2}}}}};
const formats0 = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.folder === undefined){
data.folder = "zendesk-destination";
}
if(data.tags_mode === undefined){
data.tags_mode = "add";
}
if(data.dry_run === undefined){
data.dry_run = false;
}
if(data.max_rejected_percent === undefined){
data.max_rejected_percent = 20;
}
if(data.send_mails === undefined){
data.send_mails = false;
}
if(data.notify_subscribers === undefined){
data.notify_subscribers = false;
}
if(data.public_comments === undefined){
data.public_comments = false;
}
if(data.raise_roles === undefined){
data.raise_roles = false;
}
if(data.create_options === undefined){
data.create_options = false;
}
if(data.create_fields === undefined){
data.create_fields = false;
}
if(data.allow_deletes === undefined){
data.allow_deletes = false;
}
if(data.object_storage_config === undefined){
data.object_storage_config = {"storage_type":"None"};
}
if(data.jobs_at_once === undefined){
data.jobs_at_once = 5;
}
if(data.rate_limit_percent === undefined){
data.rate_limit_percent = 50;
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
let data22 = data.folder;
if(typeof data22 === "string"){
if(data22.length < 1){
const err63 = {instancePath:instancePath+"/folder",schemaPath:"#/properties/folder/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.folder,data:data22};
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
const err64 = {instancePath:instancePath+"/folder",schemaPath:"#/properties/folder/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.folder.type,parentSchema:schema11.properties.folder,data:data22};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
let data23 = data.tags_mode;
if(typeof data23 !== "string"){
const err65 = {instancePath:instancePath+"/tags_mode",schemaPath:"#/properties/tags_mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tags_mode.type,parentSchema:schema11.properties.tags_mode,data:data23};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(!((((data23 === "add") || (data23 === "remove")) || (data23 === "set")) || (data23 === "managed"))){
const err66 = {instancePath:instancePath+"/tags_mode",schemaPath:"#/properties/tags_mode/enum",keyword:"enum",params:{allowedValues: schema11.properties.tags_mode.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.tags_mode.enum,parentSchema:schema11.properties.tags_mode,data:data23};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data.tags_prefix !== undefined){
let data24 = data.tags_prefix;
if(typeof data24 === "string"){
if(data24.length < 1){
const err67 = {instancePath:instancePath+"/tags_prefix",schemaPath:"#/properties/tags_prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.tags_prefix,data:data24};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/tags_prefix",schemaPath:"#/properties/tags_prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.tags_prefix.type,parentSchema:schema11.properties.tags_prefix,data:data24};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
let data25 = data.dry_run;
if(typeof data25 !== "boolean"){
const err69 = {instancePath:instancePath+"/dry_run",schemaPath:"#/properties/dry_run/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.dry_run.type,parentSchema:schema11.properties.dry_run,data:data25};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
let data26 = data.max_rejected_percent;
if(typeof data26 == "number"){
if(data26 > 100 || isNaN(data26)){
const err70 = {instancePath:instancePath+"/max_rejected_percent",schemaPath:"#/properties/max_rejected_percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.max_rejected_percent,data:data26};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data26 < 0 || isNaN(data26)){
const err71 = {instancePath:instancePath+"/max_rejected_percent",schemaPath:"#/properties/max_rejected_percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.max_rejected_percent,data:data26};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/max_rejected_percent",schemaPath:"#/properties/max_rejected_percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.max_rejected_percent.type,parentSchema:schema11.properties.max_rejected_percent,data:data26};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
let data27 = data.send_mails;
if(typeof data27 !== "boolean"){
const err73 = {instancePath:instancePath+"/send_mails",schemaPath:"#/properties/send_mails/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.send_mails.type,parentSchema:schema11.properties.send_mails,data:data27};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
let data28 = data.notify_subscribers;
if(typeof data28 !== "boolean"){
const err74 = {instancePath:instancePath+"/notify_subscribers",schemaPath:"#/properties/notify_subscribers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.notify_subscribers.type,parentSchema:schema11.properties.notify_subscribers,data:data28};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
let data29 = data.public_comments;
if(typeof data29 !== "boolean"){
const err75 = {instancePath:instancePath+"/public_comments",schemaPath:"#/properties/public_comments/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.public_comments.type,parentSchema:schema11.properties.public_comments,data:data29};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
let data30 = data.raise_roles;
if(typeof data30 !== "boolean"){
const err76 = {instancePath:instancePath+"/raise_roles",schemaPath:"#/properties/raise_roles/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.raise_roles.type,parentSchema:schema11.properties.raise_roles,data:data30};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
let data31 = data.create_options;
if(typeof data31 !== "boolean"){
const err77 = {instancePath:instancePath+"/create_options",schemaPath:"#/properties/create_options/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.create_options.type,parentSchema:schema11.properties.create_options,data:data31};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
let data32 = data.create_fields;
if(typeof data32 !== "boolean"){
const err78 = {instancePath:instancePath+"/create_fields",schemaPath:"#/properties/create_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.create_fields.type,parentSchema:schema11.properties.create_fields,data:data32};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
let data33 = data.allow_deletes;
if(typeof data33 !== "boolean"){
const err79 = {instancePath:instancePath+"/allow_deletes",schemaPath:"#/properties/allow_deletes/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.allow_deletes.type,parentSchema:schema11.properties.allow_deletes,data:data33};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(data.mappings !== undefined){
let data34 = data.mappings;
if(Array.isArray(data34)){
const len0 = data34.length;
for(let i0=0; i0<len0; i0++){
let data35 = data34[i0];
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.stream === undefined){
const err80 = {instancePath:instancePath+"/mappings/" + i0,schemaPath:"#/properties/mappings/items/required",keyword:"required",params:{missingProperty: "stream"},message:"must have required property '"+"stream"+"'",schema:schema11.properties.mappings.items.required,parentSchema:schema11.properties.mappings.items,data:data35};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data35.stream !== undefined){
let data36 = data35.stream;
if(typeof data36 !== "string"){
const err81 = {instancePath:instancePath+"/mappings/" + i0+"/stream",schemaPath:"#/properties/mappings/items/properties/stream/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.stream.type,parentSchema:schema11.properties.mappings.items.properties.stream,data:data36};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data35.object !== undefined){
let data37 = data35.object;
if(typeof data37 !== "string"){
const err82 = {instancePath:instancePath+"/mappings/" + i0+"/object",schemaPath:"#/properties/mappings/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.object.type,parentSchema:schema11.properties.mappings.items.properties.object,data:data37};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data35.columns !== undefined){
let data38 = data35.columns;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
for(const key0 in data38){
let data39 = data38[key0];
if(typeof data39 !== "string"){
const err83 = {instancePath:instancePath+"/mappings/" + i0+"/columns/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/mappings/items/properties/columns/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.columns.additionalProperties.type,parentSchema:schema11.properties.mappings.items.properties.columns.additionalProperties,data:data39};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
else {
const err84 = {instancePath:instancePath+"/mappings/" + i0+"/columns",schemaPath:"#/properties/mappings/items/properties/columns/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.properties.columns.type,parentSchema:schema11.properties.mappings.items.properties.columns,data:data38};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data35.key !== undefined){
let data40 = data35.key;
if(Array.isArray(data40)){
const len1 = data40.length;
for(let i1=0; i1<len1; i1++){
let data41 = data40[i1];
if(typeof data41 !== "string"){
const err85 = {instancePath:instancePath+"/mappings/" + i0+"/key/" + i1,schemaPath:"#/properties/mappings/items/properties/key/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.key.items.type,parentSchema:schema11.properties.mappings.items.properties.key.items,data:data41};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/mappings/" + i0+"/key",schemaPath:"#/properties/mappings/items/properties/key/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.mappings.items.properties.key.type,parentSchema:schema11.properties.mappings.items.properties.key,data:data40};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data35.mode !== undefined){
let data42 = data35.mode;
if(typeof data42 !== "string"){
const err87 = {instancePath:instancePath+"/mappings/" + i0+"/mode",schemaPath:"#/properties/mappings/items/properties/mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.mode.type,parentSchema:schema11.properties.mappings.items.properties.mode,data:data42};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(!((((data42 === "append") || (data42 === "append_dedup")) || (data42 === "update")) || (data42 === "soft_delete"))){
const err88 = {instancePath:instancePath+"/mappings/" + i0+"/mode",schemaPath:"#/properties/mappings/items/properties/mode/enum",keyword:"enum",params:{allowedValues: schema11.properties.mappings.items.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.mappings.items.properties.mode.enum,parentSchema:schema11.properties.mappings.items.properties.mode,data:data42};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data35.conflicts !== undefined){
let data43 = data35.conflicts;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(data43.policy === undefined){
data43.policy = "source_wins";
}
if(data43.time === undefined){
data43.time = "updated_at";
}
let data44 = data43.policy;
if(typeof data44 !== "string"){
const err89 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/policy",schemaPath:"#/properties/mappings/items/properties/conflicts/properties/policy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.conflicts.properties.policy.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.policy,data:data44};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(!((((data44 === "source_wins") || (data44 === "zendesk_wins")) || (data44 === "newest")) || (data44 === "reject"))){
const err90 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/policy",schemaPath:"#/properties/mappings/items/properties/conflicts/properties/policy/enum",keyword:"enum",params:{allowedValues: schema11.properties.mappings.items.properties.conflicts.properties.policy.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.mappings.items.properties.conflicts.properties.policy.enum,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.policy,data:data44};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data43.fields !== undefined){
let data45 = data43.fields;
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
for(const key1 in data45){
let data46 = data45[key1];
if(typeof data46 !== "string"){
const err91 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/fields/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/mappings/items/properties/conflicts/properties/fields/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.conflicts.properties.fields.additionalProperties.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.fields.additionalProperties,data:data46};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(!((((data46 === "source_wins") || (data46 === "zendesk_wins")) || (data46 === "newest")) || (data46 === "reject"))){
const err92 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/fields/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/mappings/items/properties/conflicts/properties/fields/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema11.properties.mappings.items.properties.conflicts.properties.fields.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.mappings.items.properties.conflicts.properties.fields.additionalProperties.enum,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.fields.additionalProperties,data:data46};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
else {
const err93 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/fields",schemaPath:"#/properties/mappings/items/properties/conflicts/properties/fields/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.properties.conflicts.properties.fields.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.fields,data:data45};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data43.owner !== undefined){
let data47 = data43.owner;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key2 in data47){
let data48 = data47[key2];
if(typeof data48 !== "string"){
const err94 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/owner/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/mappings/items/properties/conflicts/properties/owner/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.conflicts.properties.owner.additionalProperties.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.owner.additionalProperties,data:data48};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(!((data48 === "source") || (data48 === "zendesk"))){
const err95 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/owner/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/mappings/items/properties/conflicts/properties/owner/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema11.properties.mappings.items.properties.conflicts.properties.owner.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.mappings.items.properties.conflicts.properties.owner.additionalProperties.enum,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.owner.additionalProperties,data:data48};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/owner",schemaPath:"#/properties/mappings/items/properties/conflicts/properties/owner/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.properties.conflicts.properties.owner.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.owner,data:data47};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
let data49 = data43.time;
if(typeof data49 !== "string"){
const err97 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts/time",schemaPath:"#/properties/mappings/items/properties/conflicts/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.conflicts.properties.time.type,parentSchema:schema11.properties.mappings.items.properties.conflicts.properties.time,data:data49};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
else {
const err98 = {instancePath:instancePath+"/mappings/" + i0+"/conflicts",schemaPath:"#/properties/mappings/items/properties/conflicts/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.properties.conflicts.type,parentSchema:schema11.properties.mappings.items.properties.conflicts,data:data43};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data35.audiences !== undefined){
let data50 = data35.audiences;
if(Array.isArray(data50)){
const len2 = data50.length;
for(let i2=0; i2<len2; i2++){
let data51 = data50[i2];
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.name === undefined){
const err99 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2,schemaPath:"#/properties/mappings/items/properties/audiences/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.mappings.items.properties.audiences.items.required,parentSchema:schema11.properties.mappings.items.properties.audiences.items,data:data51};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if(data51.name !== undefined){
let data52 = data51.name;
if(typeof data52 === "string"){
if(data52.length < 1){
const err100 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/name",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.name,data:data52};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
else {
const err101 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/name",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.audiences.items.properties.name.type,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.name,data:data52};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data51.field !== undefined){
let data53 = data51.field;
if(typeof data53 === "string"){
if(data53.length < 1){
const err102 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/field",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.field,data:data53};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
else {
const err103 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/field",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.audiences.items.properties.field.type,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.field,data:data53};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data51.tag !== undefined){
let data54 = data51.tag;
if(typeof data54 === "string"){
if(data54.length < 1){
const err104 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/tag",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/tag/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.tag,data:data54};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
else {
const err105 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2+"/tag",schemaPath:"#/properties/mappings/items/properties/audiences/items/properties/tag/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.mappings.items.properties.audiences.items.properties.tag.type,parentSchema:schema11.properties.mappings.items.properties.audiences.items.properties.tag,data:data54};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
else {
const err106 = {instancePath:instancePath+"/mappings/" + i0+"/audiences/" + i2,schemaPath:"#/properties/mappings/items/properties/audiences/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.properties.audiences.items.type,parentSchema:schema11.properties.mappings.items.properties.audiences.items,data:data51};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
}
else {
const err107 = {instancePath:instancePath+"/mappings/" + i0+"/audiences",schemaPath:"#/properties/mappings/items/properties/audiences/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.mappings.items.properties.audiences.type,parentSchema:schema11.properties.mappings.items.properties.audiences,data:data50};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/mappings/" + i0,schemaPath:"#/properties/mappings/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.mappings.items.type,parentSchema:schema11.properties.mappings.items,data:data35};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
}
else {
const err109 = {instancePath:instancePath+"/mappings",schemaPath:"#/properties/mappings/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.mappings.type,parentSchema:schema11.properties.mappings,data:data34};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data.conflicts !== undefined){
let data55 = data.conflicts;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(data55.policy === undefined){
data55.policy = "source_wins";
}
if(data55.time === undefined){
data55.time = "updated_at";
}
let data56 = data55.policy;
if(typeof data56 !== "string"){
const err110 = {instancePath:instancePath+"/conflicts/policy",schemaPath:"#/properties/conflicts/properties/policy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.conflicts.properties.policy.type,parentSchema:schema11.properties.conflicts.properties.policy,data:data56};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if(!((((data56 === "source_wins") || (data56 === "zendesk_wins")) || (data56 === "newest")) || (data56 === "reject"))){
const err111 = {instancePath:instancePath+"/conflicts/policy",schemaPath:"#/properties/conflicts/properties/policy/enum",keyword:"enum",params:{allowedValues: schema11.properties.conflicts.properties.policy.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.conflicts.properties.policy.enum,parentSchema:schema11.properties.conflicts.properties.policy,data:data56};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(data55.fields !== undefined){
let data57 = data55.fields;
if(data57 && typeof data57 == "object" && !Array.isArray(data57)){
for(const key3 in data57){
let data58 = data57[key3];
if(typeof data58 !== "string"){
const err112 = {instancePath:instancePath+"/conflicts/fields/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/conflicts/properties/fields/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.conflicts.properties.fields.additionalProperties.type,parentSchema:schema11.properties.conflicts.properties.fields.additionalProperties,data:data58};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(!((((data58 === "source_wins") || (data58 === "zendesk_wins")) || (data58 === "newest")) || (data58 === "reject"))){
const err113 = {instancePath:instancePath+"/conflicts/fields/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/conflicts/properties/fields/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema11.properties.conflicts.properties.fields.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.conflicts.properties.fields.additionalProperties.enum,parentSchema:schema11.properties.conflicts.properties.fields.additionalProperties,data:data58};
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
const err114 = {instancePath:instancePath+"/conflicts/fields",schemaPath:"#/properties/conflicts/properties/fields/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.conflicts.properties.fields.type,parentSchema:schema11.properties.conflicts.properties.fields,data:data57};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data55.owner !== undefined){
let data59 = data55.owner;
if(data59 && typeof data59 == "object" && !Array.isArray(data59)){
for(const key4 in data59){
let data60 = data59[key4];
if(typeof data60 !== "string"){
const err115 = {instancePath:instancePath+"/conflicts/owner/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/conflicts/properties/owner/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.conflicts.properties.owner.additionalProperties.type,parentSchema:schema11.properties.conflicts.properties.owner.additionalProperties,data:data60};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if(!((data60 === "source") || (data60 === "zendesk"))){
const err116 = {instancePath:instancePath+"/conflicts/owner/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/conflicts/properties/owner/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema11.properties.conflicts.properties.owner.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.conflicts.properties.owner.additionalProperties.enum,parentSchema:schema11.properties.conflicts.properties.owner.additionalProperties,data:data60};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
}
else {
const err117 = {instancePath:instancePath+"/conflicts/owner",schemaPath:"#/properties/conflicts/properties/owner/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.conflicts.properties.owner.type,parentSchema:schema11.properties.conflicts.properties.owner,data:data59};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
let data61 = data55.time;
if(typeof data61 !== "string"){
const err118 = {instancePath:instancePath+"/conflicts/time",schemaPath:"#/properties/conflicts/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.conflicts.properties.time.type,parentSchema:schema11.properties.conflicts.properties.time,data:data61};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/conflicts",schemaPath:"#/properties/conflicts/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.conflicts.type,parentSchema:schema11.properties.conflicts,data:data55};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
let data62 = data.object_storage_config;
if(!(data62 && typeof data62 == "object" && !Array.isArray(data62))){
const err120 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.object_storage_config.type,parentSchema:schema11.properties.object_storage_config,data:data62};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
const _errs149 = errors;
let valid22 = false;
let passing1 = null;
const _errs150 = errors;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
if(data62.storage_type === undefined){
const err121 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/0/required",keyword:"required",params:{missingProperty: "storage_type"},message:"must have required property '"+"storage_type"+"'",schema:schema11.properties.object_storage_config.oneOf[0].required,parentSchema:schema11.properties.object_storage_config.oneOf[0],data:data62};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
if(data62.storage_type !== undefined){
let data63 = data62.storage_type;
if(typeof data63 !== "string"){
const err122 = {instancePath:instancePath+"/object_storage_config/storage_type",schemaPath:"#/properties/object_storage_config/oneOf/0/properties/storage_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[0].properties.storage_type.type,parentSchema:schema11.properties.object_storage_config.oneOf[0].properties.storage_type,data:data63};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
if("None" !== data63){
const err123 = {instancePath:instancePath+"/object_storage_config/storage_type",schemaPath:"#/properties/object_storage_config/oneOf/0/properties/storage_type/const",keyword:"const",params:{allowedValue: "None"},message:"must be equal to constant",schema:"None",parentSchema:schema11.properties.object_storage_config.oneOf[0].properties.storage_type,data:data63};
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
const err124 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.object_storage_config.oneOf[0].type,parentSchema:schema11.properties.object_storage_config.oneOf[0],data:data62};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
var _valid1 = _errs150 === errors;
if(_valid1){
valid22 = true;
passing1 = 0;
}
const _errs154 = errors;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
if(data62.storage_type === undefined){
const err125 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "storage_type"},message:"must have required property '"+"storage_type"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if(data62.access_key_id === undefined){
const err126 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "access_key_id"},message:"must have required property '"+"access_key_id"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
if(data62.secret_access_key === undefined){
const err127 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "secret_access_key"},message:"must have required property '"+"secret_access_key"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
if(data62.s3_bucket_name === undefined){
const err128 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "s3_bucket_name"},message:"must have required property '"+"s3_bucket_name"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
if(data62.s3_bucket_region === undefined){
const err129 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "s3_bucket_region"},message:"must have required property '"+"s3_bucket_region"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if(data62.bucket_path === undefined){
const err130 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/required",keyword:"required",params:{missingProperty: "bucket_path"},message:"must have required property '"+"bucket_path"+"'",schema:schema11.properties.object_storage_config.oneOf[1].required,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if(data62.storage_type !== undefined){
let data64 = data62.storage_type;
if(typeof data64 !== "string"){
const err131 = {instancePath:instancePath+"/object_storage_config/storage_type",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/storage_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.storage_type.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.storage_type,data:data64};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if("S3" !== data64){
const err132 = {instancePath:instancePath+"/object_storage_config/storage_type",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/storage_type/const",keyword:"const",params:{allowedValue: "S3"},message:"must be equal to constant",schema:"S3",parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.storage_type,data:data64};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data62.access_key_id !== undefined){
let data65 = data62.access_key_id;
if(typeof data65 === "string"){
if(data65.length < 1){
const err133 = {instancePath:instancePath+"/object_storage_config/access_key_id",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/access_key_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.access_key_id,data:data65};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
else {
const err134 = {instancePath:instancePath+"/object_storage_config/access_key_id",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/access_key_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.access_key_id.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.access_key_id,data:data65};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data62.secret_access_key !== undefined){
let data66 = data62.secret_access_key;
if(typeof data66 === "string"){
if(data66.length < 1){
const err135 = {instancePath:instancePath+"/object_storage_config/secret_access_key",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/secret_access_key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.secret_access_key,data:data66};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
else {
const err136 = {instancePath:instancePath+"/object_storage_config/secret_access_key",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/secret_access_key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.secret_access_key.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.secret_access_key,data:data66};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data62.s3_bucket_name !== undefined){
let data67 = data62.s3_bucket_name;
if(typeof data67 === "string"){
if(data67.length < 1){
const err137 = {instancePath:instancePath+"/object_storage_config/s3_bucket_name",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/s3_bucket_name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_name,data:data67};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
else {
const err138 = {instancePath:instancePath+"/object_storage_config/s3_bucket_name",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/s3_bucket_name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_name.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_name,data:data67};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data62.s3_bucket_region !== undefined){
let data68 = data62.s3_bucket_region;
if(typeof data68 === "string"){
if(data68.length < 1){
const err139 = {instancePath:instancePath+"/object_storage_config/s3_bucket_region",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/s3_bucket_region/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_region,data:data68};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
else {
const err140 = {instancePath:instancePath+"/object_storage_config/s3_bucket_region",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/s3_bucket_region/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_region.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.s3_bucket_region,data:data68};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
if(data62.bucket_path !== undefined){
let data69 = data62.bucket_path;
if(typeof data69 !== "string"){
const err141 = {instancePath:instancePath+"/object_storage_config/bucket_path",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/bucket_path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.bucket_path.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.bucket_path,data:data69};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data62.s3_endpoint !== undefined){
let data70 = data62.s3_endpoint;
if(typeof data70 !== "string"){
const err142 = {instancePath:instancePath+"/object_storage_config/s3_endpoint",schemaPath:"#/properties/object_storage_config/oneOf/1/properties/s3_endpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.object_storage_config.oneOf[1].properties.s3_endpoint.type,parentSchema:schema11.properties.object_storage_config.oneOf[1].properties.s3_endpoint,data:data70};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
else {
const err143 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.object_storage_config.oneOf[1].type,parentSchema:schema11.properties.object_storage_config.oneOf[1],data:data62};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
var _valid1 = _errs154 === errors;
if(_valid1 && valid22){
valid22 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid22 = true;
passing1 = 1;
}
}
if(!valid22){
const err144 = {instancePath:instancePath+"/object_storage_config",schemaPath:"#/properties/object_storage_config/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema11.properties.object_storage_config.oneOf,parentSchema:schema11.properties.object_storage_config,data:data62};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
else {
errors = _errs149;
if(vErrors !== null){
if(_errs149){
vErrors.length = _errs149;
}
else {
vErrors = null;
}
}
}
let data71 = data.jobs_at_once;
if(!((typeof data71 == "number") && (!(data71 % 1) && !isNaN(data71)))){
const err145 = {instancePath:instancePath+"/jobs_at_once",schemaPath:"#/properties/jobs_at_once/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.jobs_at_once.type,parentSchema:schema11.properties.jobs_at_once,data:data71};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
if(typeof data71 == "number"){
if(data71 > 25 || isNaN(data71)){
const err146 = {instancePath:instancePath+"/jobs_at_once",schemaPath:"#/properties/jobs_at_once/maximum",keyword:"maximum",params:{comparison: "<=", limit: 25},message:"must be <= 25",schema:25,parentSchema:schema11.properties.jobs_at_once,data:data71};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
if(data71 < 1 || isNaN(data71)){
const err147 = {instancePath:instancePath+"/jobs_at_once",schemaPath:"#/properties/jobs_at_once/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.jobs_at_once,data:data71};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data.sell !== undefined){
let data72 = data.sell;
if(data72 && typeof data72 == "object" && !Array.isArray(data72)){
if(data72.base_url === undefined){
data72.base_url = "https://api.getbase.com";
}
if(data72.access_token !== undefined){
let data73 = data72.access_token;
if(typeof data73 === "string"){
if(data73.length < 1){
const err148 = {instancePath:instancePath+"/sell/access_token",schemaPath:"#/properties/sell/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.sell.properties.access_token,data:data73};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
else {
const err149 = {instancePath:instancePath+"/sell/access_token",schemaPath:"#/properties/sell/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.access_token.type,parentSchema:schema11.properties.sell.properties.access_token,data:data73};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data72.client_id !== undefined){
let data74 = data72.client_id;
if(typeof data74 === "string"){
if(data74.length < 1){
const err150 = {instancePath:instancePath+"/sell/client_id",schemaPath:"#/properties/sell/properties/client_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.sell.properties.client_id,data:data74};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
else {
const err151 = {instancePath:instancePath+"/sell/client_id",schemaPath:"#/properties/sell/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.client_id.type,parentSchema:schema11.properties.sell.properties.client_id,data:data74};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data72.client_secret !== undefined){
let data75 = data72.client_secret;
if(typeof data75 === "string"){
if(data75.length < 1){
const err152 = {instancePath:instancePath+"/sell/client_secret",schemaPath:"#/properties/sell/properties/client_secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.sell.properties.client_secret,data:data75};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else {
const err153 = {instancePath:instancePath+"/sell/client_secret",schemaPath:"#/properties/sell/properties/client_secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.client_secret.type,parentSchema:schema11.properties.sell.properties.client_secret,data:data75};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data72.refresh_token !== undefined){
let data76 = data72.refresh_token;
if(typeof data76 === "string"){
if(data76.length < 1){
const err154 = {instancePath:instancePath+"/sell/refresh_token",schemaPath:"#/properties/sell/properties/refresh_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.sell.properties.refresh_token,data:data76};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
else {
const err155 = {instancePath:instancePath+"/sell/refresh_token",schemaPath:"#/properties/sell/properties/refresh_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.refresh_token.type,parentSchema:schema11.properties.sell.properties.refresh_token,data:data76};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data72.token_expiry_date !== undefined){
let data77 = data72.token_expiry_date;
if(typeof data77 !== "string"){
const err156 = {instancePath:instancePath+"/sell/token_expiry_date",schemaPath:"#/properties/sell/properties/token_expiry_date/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.token_expiry_date.type,parentSchema:schema11.properties.sell.properties.token_expiry_date,data:data77};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
let data78 = data72.base_url;
if(typeof data78 !== "string"){
const err157 = {instancePath:instancePath+"/sell/base_url",schemaPath:"#/properties/sell/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.sell.properties.base_url.type,parentSchema:schema11.properties.sell.properties.base_url,data:data78};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/sell",schemaPath:"#/properties/sell/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.sell.type,parentSchema:schema11.properties.sell,data:data72};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
let data79 = data.rate_limit_percent;
if(!((typeof data79 == "number") && (!(data79 % 1) && !isNaN(data79)))){
const err159 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.rate_limit_percent.type,parentSchema:schema11.properties.rate_limit_percent,data:data79};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
if(typeof data79 == "number"){
if(data79 > 100 || isNaN(data79)){
const err160 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema11.properties.rate_limit_percent,data:data79};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
if(data79 < 1 || isNaN(data79)){
const err161 = {instancePath:instancePath+"/rate_limit_percent",schemaPath:"#/properties/rate_limit_percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.rate_limit_percent,data:data79};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
let data80 = data.max_retry_minutes;
if(!((typeof data80 == "number") && (!(data80 % 1) && !isNaN(data80)))){
const err162 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.max_retry_minutes.type,parentSchema:schema11.properties.max_retry_minutes,data:data80};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
if(typeof data80 == "number"){
if(data80 > 1440 || isNaN(data80)){
const err163 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1440},message:"must be <= 1440",schema:1440,parentSchema:schema11.properties.max_retry_minutes,data:data80};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
if(data80 < 0 || isNaN(data80)){
const err164 = {instancePath:instancePath+"/max_retry_minutes",schemaPath:"#/properties/max_retry_minutes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.max_retry_minutes,data:data80};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data.base_url !== undefined){
let data81 = data.base_url;
if(typeof data81 !== "string"){
const err165 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.base_url.type,parentSchema:schema11.properties.base_url,data:data81};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
if(data.marketplace !== undefined){
let data82 = data.marketplace;
if(data82 && typeof data82 == "object" && !Array.isArray(data82)){
if(data82.name === undefined){
const err166 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data82};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
if(data82.organization_id === undefined){
const err167 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "organization_id"},message:"must have required property '"+"organization_id"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data82};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(data82.app_id === undefined){
const err168 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/required",keyword:"required",params:{missingProperty: "app_id"},message:"must have required property '"+"app_id"+"'",schema:schema11.properties.marketplace.required,parentSchema:schema11.properties.marketplace,data:data82};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
if(data82.name !== undefined){
let data83 = data82.name;
if(typeof data83 === "string"){
if(data83.length < 1){
const err169 = {instancePath:instancePath+"/marketplace/name",schemaPath:"#/properties/marketplace/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.name,data:data83};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
else {
const err170 = {instancePath:instancePath+"/marketplace/name",schemaPath:"#/properties/marketplace/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.name.type,parentSchema:schema11.properties.marketplace.properties.name,data:data83};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
if(data82.organization_id !== undefined){
let data84 = data82.organization_id;
if(typeof data84 === "string"){
if(data84.length < 1){
const err171 = {instancePath:instancePath+"/marketplace/organization_id",schemaPath:"#/properties/marketplace/properties/organization_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.organization_id,data:data84};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
else {
const err172 = {instancePath:instancePath+"/marketplace/organization_id",schemaPath:"#/properties/marketplace/properties/organization_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.organization_id.type,parentSchema:schema11.properties.marketplace.properties.organization_id,data:data84};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data82.app_id !== undefined){
let data85 = data82.app_id;
if(typeof data85 === "string"){
if(data85.length < 1){
const err173 = {instancePath:instancePath+"/marketplace/app_id",schemaPath:"#/properties/marketplace/properties/app_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.marketplace.properties.app_id,data:data85};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
}
else {
const err174 = {instancePath:instancePath+"/marketplace/app_id",schemaPath:"#/properties/marketplace/properties/app_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.marketplace.properties.app_id.type,parentSchema:schema11.properties.marketplace.properties.app_id,data:data85};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
}
else {
const err175 = {instancePath:instancePath+"/marketplace",schemaPath:"#/properties/marketplace/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.marketplace.type,parentSchema:schema11.properties.marketplace,data:data82};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
}
else {
const err176 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
