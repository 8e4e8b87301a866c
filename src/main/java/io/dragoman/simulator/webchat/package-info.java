// SPDX-License-Identifier: Apache-2.0
/** A visitor of a website with the chat. */
@NullMarked
package io.dragoman.simulator.webchat;

import org.jspecify.annotations.NullMarked;
