// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.dragoman.model.Role;

/** Somebody who is let in, and what they may do. */
public record Principal(String name, Role role) {}
