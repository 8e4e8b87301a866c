// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway shown at work without any account: simulators around it, a story that is played, and a list of the
 * effects that must be seen outside.
 */
@NullMarked
package io.dragoman.demo;

import org.jspecify.annotations.NullMarked;
