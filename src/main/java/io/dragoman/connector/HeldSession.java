// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/**
 * A connector that sends over what its poll holds open: of gateways that share a store, the one that polls an account sends
 * for it too, and what is to be sent waits for that one.
 */
public interface HeldSession extends Polled {}
