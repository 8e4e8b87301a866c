// SPDX-License-Identifier: Apache-2.0
/** WeChat Official Accounts: chats with followers, answered by customer service messages. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.wechat;
