import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";

export const Root = () => (
  <Suspense fallback={null}>
    <Outlet />
  </Suspense>
);
