// SPDX-License-Identifier: Apache-2.0
/**
 * The Camel side, outermost: the components {@code dragoman-webhook:}, {@code dragoman-poll:}, {@code dragoman-lane:},
 * {@code dragoman-hook:} and {@code intake:}, the supervision of operators' routes, and health checks. Camel finds the
 * components by their service files; they find the gateway by a {@link io.dragoman.route.RouteServices} in its registry.
 */
@NullMarked
package io.dragoman.route;

import org.jspecify.annotations.NullMarked;
