// SPDX-License-Identifier: Apache-2.0
/** An XMPP server on this machine. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.xmpp;
