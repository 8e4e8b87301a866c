// SPDX-License-Identifier: Apache-2.0
/** YAML with positions: every problem of every file is found at once and says where it is. */
@NullMarked
package io.dragoman.yaml;

import org.jspecify.annotations.NullMarked;
