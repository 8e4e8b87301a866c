// SPDX-License-Identifier: Apache-2.0
/**
 * The desk without code: a profile, which is one YAML file, says how a helpdesk is told what customers do and how its
 * webhooks say what agents do. docs/profiles.md explains the language; the profiles that are shipped stand in
 * {@code src/main/resources/profiles}.
 */
@org.jspecify.annotations.NullMarked
package io.dragoman.desk.http;
