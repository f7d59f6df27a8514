// Lets a component import its stylesheet; Vite collects them into one file.
declare module '*.css';
