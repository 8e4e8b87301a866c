// SPDX-License-Identifier: Apache-2.0
/** A channel made of a Camel route of the operator's own. */
@NullMarked
package io.dragoman.channel.route;

import org.jspecify.annotations.NullMarked;
