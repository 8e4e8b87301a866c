// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.ga4;

/** What the validation server says of a request, with a code such as {@code NAME_INVALID}. */
record MeasurementFault(String fieldPath, String description, String code) {}
