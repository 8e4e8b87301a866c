// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration: YAML in, every problem of every file at once, immutable records out. The settings that drive the
 * reading also make the reference and the JSON Schema.
 */
@NullMarked
package io.dragoman.config;

import org.jspecify.annotations.NullMarked;
