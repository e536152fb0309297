// Generated from schemas/custom_objects.json by tools/generate.ts; not to be edited.

/**
 * One custom object: a kind of record that the account has made for itself.
 */
export interface CustomObject {
/**
 * Key of the object, which never changes.
 */
key: string
/**
 * Name of one of its records.
 */
title?: (null | string)
/**
 * Name of several of its records.
 */
title_pluralized?: (null | string)
/**
 * Name of one, before placeholders for translated text are filled in.
 */
raw_title?: (null | string)
/**
 * Name of several, before placeholders for translated text are filled in.
 */
raw_title_pluralized?: (null | string)
/**
 * What the object is for.
 */
description?: (null | string)
/**
 * What it is for, before placeholders for translated text are filled in.
 */
raw_description?: (null | string)
/**
 * True where agents find its records in the list of objects.
 */
include_in_list_view?: (null | boolean)
/**
 * True where a record can have a picture.
 */
allows_photos?: (null | boolean)
/**
 * Id of the user who made the object, as text.
 */
created_by_user_id?: (null | string)
/**
 * Id of the user who last changed it, as text.
 */
updated_by_user_id?: (null | string)
/**
 * When the object was made.
 */
created_at?: (null | string)
/**
 * When the object was last changed.
 */
updated_at?: (null | string)
/**
 * Address of the object in the API.
 */
url?: (null | string)
}
