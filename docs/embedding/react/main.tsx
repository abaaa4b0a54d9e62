import { createRoot } from 'react-dom/client';
import { Lesson } from './Lesson.tsx';

createRoot(document.getElementById('root')!).render(<Lesson />);
