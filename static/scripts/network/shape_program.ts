// Draws every node of the graph in one call, whatever its shape: a square for each, of which the fragments inside the
// shape are coloured. A line in the paper's colour around it keeps nodes apart where they lie close together.
import type Sigma from "sigma";
import { NodeProgram, type NodeProgramType, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { half_diamond, half_square, inner_ring, reach, stroke, triangle, type Shape } from "./shapes";

const numbers: Record<Shape, number> = { disc: 0, square: 1, triangle: 2, diamond: 3, target: 4, ring: 5 };

const glsl = (value: number) => value.toFixed(6);
/** The normal of the triangle's right side, and how far that side is from the middle. */
const side = Math.hypot(triangle.top + triangle.foot, triangle.half_width);
const normal = { x: (triangle.top + triangle.foot) / side, y: triangle.half_width / side };

const vertex_shader = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_rim;
varying vec4 v_color;
varying vec2 v_point;
varying float v_shape;
varying float v_pixel;
const float bias = 255.0 / 254.0;

void main() {
  v_pixel = u_sizeRatio / a_size;
  v_point = a_corner * (${glsl(reach)} + (u_rim + 0.5) * v_pixel);
  v_shape = a_shape;
  float radius = 2.0 * a_size * u_correctionRatio / u_sizeRatio;
  gl_Position = vec4((u_matrix * vec3(a_position + v_point * radius, 1)).xy, 0, 1);
  v_color = a_color;
  v_color.a *= bias;
}`;

// Everything is measured in radii from the node's middle; below nothing is inside.
const fragment_shader = `
precision highp float;
varying vec4 v_color;
varying vec2 v_point;
varying float v_shape;
varying float v_pixel;
uniform vec3 u_paper;
uniform float u_pixelRatio;
uniform float u_rim;

void main() {
  vec2 p = abs(v_point);
  float outside = length(v_point) - 1.0;
  if (v_shape == 1.0) outside = max(p.x, p.y) - ${glsl(half_square)};
  if (v_shape == 2.0) outside = max(-v_point.y - ${glsl(triangle.foot)}, p.x * ${glsl(normal.x)} + (v_point.y - ${glsl(triangle.top)}) * ${glsl(normal.y)});
  if (v_shape == 3.0) outside = (p.x + p.y - ${glsl(half_diamond)}) * ${glsl(Math.SQRT1_2)};
  float pixel = v_pixel / u_pixelRatio;
  float ink = clamp(0.5 - outside / pixel, 0.0, 1.0);
  if (v_shape >= 3.0) {
    float line = max(${glsl(stroke)}, 1.5 * v_pixel);
    float hollow = clamp(0.5 - (outside + line) / pixel, 0.0, 1.0);
    if (v_shape == 4.0) hollow *= clamp(0.5 + (abs(length(v_point) - ${glsl(inner_ring)}) - ${glsl(stroke)} / 2.0) / pixel, 0.0, 1.0);
    ink *= 1.0 - hollow;
  }
  float shown = clamp(0.5 - (outside - u_rim * v_pixel) / pixel, 0.0, 1.0);
  gl_FragColor = vec4(mix(u_paper, v_color.rgb, ink), 1.0) * shown;
}`;

// Written out for each node: where nothing but the processor draws, thousands of instances take ten times as long.
const corners = [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]] as const;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

/** \param paper what the graph is drawn on: red, green and blue from 0 to 1 \param rim how wide it shows around a node, in pixels */
export function shape_program(paper: [number, number, number], rim: number): NodeProgramType {
  return class extends NodeProgram {
    constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) {
      // Nobody asks which node is where by its colour.
      super(gl, null, renderer);
    }

    getDefinition() {
      return {
        VERTICES: corners.length,
        VERTEX_SHADER_SOURCE: vertex_shader,
        FRAGMENT_SHADER_SOURCE: fragment_shader,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_pixelRatio", "u_rim", "u_paper"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_corner", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(_: number, start: number, data: NodeDisplayData & { shape?: Shape }): void {
      const { array } = this;
      const color = floatColor(data.color);
      let at = start;
      for (const [x, y] of corners) {
        array[at++] = data.x;
        array[at++] = data.y;
        array[at++] = x;
        array[at++] = y;
        array[at++] = data.size;
        array[at++] = numbers[data.shape ?? "disc"];
        array[at++] = color;
      }
    }

    setUniforms(view: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, view.matrix);
      gl.uniform1f(uniformLocations.u_sizeRatio!, view.sizeRatio);
      gl.uniform1f(uniformLocations.u_correctionRatio!, view.correctionRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio!, view.pixelRatio);
      gl.uniform1f(uniformLocations.u_rim!, rim);
      gl.uniform3f(uniformLocations.u_paper!, ...paper);
    }
  };
}
