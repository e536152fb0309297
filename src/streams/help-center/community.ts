import type { PostCommentVote } from '../../generated/post_comment_votes.ts'
import type { PostComment } from '../../generated/post_comments.ts'
import type { PostVote } from '../../generated/post_votes.ts'
import type { Post } from '../../generated/posts.ts'
import type { Walk } from '../../model/stream.ts'
import { belowParent } from '../../zendesk/walks/below-parent.ts'
import { cursorList } from '../../zendesk/walks/list.ts'
import { defineStream, defineSubstream, shownUnder } from '../define.ts'

/**
 * All posts of the community; no filter selects the changed ones.
 * https://developer.zendesk.com/api-reference/help_center/help-center-api/posts/#list-posts
 */
const postList = cursorList({ path: 'community/posts', key: 'posts' })

export const posts = defineStream<Post>()({
  name: 'posts',
  needs: 'A help center with a community: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: postList,
  show: shownUnder(postList),
})

const contents = (what: 'comments' | 'votes', { id }: Pick<Post, 'id'>): Walk =>
  belowParent(cursorList({ path: `community/posts/${id}/${what}`, key: what }), {
    [what === 'comments' ? 'post_id' : 'item_id']: id,
  })

export const postComments = defineSubstream<PostComment, Post>({
  name: 'post_comments',
  needs: 'A help center with a community: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: postList,
  showParent: shownUnder(postList),
  childList: (post) => (post.comment_count === 0 ? undefined : contents('comments', post)),
  version: ({ updated_at, comment_count }) => [updated_at, comment_count],
})

/** A vote that changes from up to down keeps the count, and changes the sum. */
export const postVotes = defineSubstream<PostVote, Post>({
  name: 'post_votes',
  needs: 'A help center with a community: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: postList,
  showParent: shownUnder(postList),
  childList: (post) => (post.vote_count === 0 ? undefined : contents('votes', post)),
  version: ({ updated_at, vote_count, vote_sum }) => [updated_at, vote_count, vote_sum],
})

/** A post does not show votes on its comments, so the comments of all posts that have some are read. */
export const postCommentVotes = defineSubstream<PostCommentVote, Post>({
  name: 'post_comment_votes',
  needs: 'A help center with a community: Suite Professional, or above',
  cursorField: 'updated_at',
  walk: postList,
  showParent: shownUnder(postList),
  childList: (post) =>
    post.comment_count === 0
      ? undefined
      : {
          ...contents('comments', post),
          childList: ({ id, vote_count }) =>
            vote_count === 0
              ? undefined
              : belowParent(cursorList({ path: `community/posts/${post.id}/comments/${id}/votes`, key: 'votes' }), {
                  item_id: id,
                }),
        },
})
