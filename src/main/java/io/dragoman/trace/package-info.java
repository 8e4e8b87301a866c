// SPDX-License-Identifier: Apache-2.0
/** Traces for an OpenTelemetry collector: an event's way through the product, told by ids. */
@NullMarked
package io.dragoman.trace;

import org.jspecify.annotations.NullMarked;
