// SPDX-License-Identifier: Apache-2.0
/**
 * The language of profiles, which channels and desks without code share: expressions, requests, proofs of webhooks,
 * answers and error codes. What a message of a customer or an answer of an agent is, each side says itself.
 * docs/profiles.md explains the language.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.profile;
