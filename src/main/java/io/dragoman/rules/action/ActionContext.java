// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.yaml.Problems;
import java.util.Set;

/**
 * What the reading of actions refers to.
 *
 * @param replies the names in {@code replies.yaml}
 * @param desks the ids in {@code desks.yaml}
 * @param polls the names in {@code polls.yaml}
 */
record ActionContext(Set<String> replies, Set<String> desks, Set<String> polls, Problems problems) {}
