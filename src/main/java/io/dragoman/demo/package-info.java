// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway shown at work without any account: simulators around it, scenarios that run, and a list of the effects
 * that must be seen outside. Only its command leads here: nothing of it is loaded when the gateway runs.
 */
@NullMarked
package io.dragoman.demo;

import org.jspecify.annotations.NullMarked;
