// SPDX-License-Identifier: Apache-2.0
/** Stands in for X: its API for direct messages and posts, and the webhooks of its X Activity API. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.x;
