// SPDX-License-Identifier: Apache-2.0
/** The commands: each is a small class that prints what the parts of the gateway know. */
@NullMarked
package io.dragoman.cli;

import org.jspecify.annotations.NullMarked;
