// SPDX-License-Identifier: Apache-2.0
/** XMPP (RFC 6120, RFC 6121), as one account of a server. Smack connects and logs in; messages are read here. */
@NullMarked
package io.dragoman.channel.xmpp;

import org.jspecify.annotations.NullMarked;
