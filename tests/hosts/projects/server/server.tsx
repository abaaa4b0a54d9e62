import { renderToString } from 'react-dom/server';
import { Lesson } from './Lesson.tsx';

export const page = renderToString(<Lesson />);
