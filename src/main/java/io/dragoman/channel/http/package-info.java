// SPDX-License-Identifier: Apache-2.0
/**
 * The channel without code: a profile, which is one YAML file, says how a provider's webhooks are verified and read and
 * how it is sent to. docs/profiles.md explains the language; the profiles that are shipped stand in
 * {@code src/main/resources/profiles}.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.http;
