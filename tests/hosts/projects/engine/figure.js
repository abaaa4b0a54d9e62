import 'unrolled/figures.mjs';
import './main.js';
